/*
 * site — what programs ask of the whole site: feed, calendar, maps.
 *
 *     /feed.atom   /draws.ics   /robots.txt   /sitemap.xml
 *     /.well-known/security.txt               /api/v1/openapi.json
 *
 * Addresses in them are whole where the site has a public address; a map
 * and a security contact are there only where they are configured.
 * Source: RFC 4287, 5545, 9309, 9116; sitemaps.org.
 */
#ifndef HTTP_SITE_H
#define HTTP_SITE_H

#include "http/route.h"

route_handler site_feed, site_calendar;                       /* site_feed.c */
route_handler site_robots, site_map, site_security, site_openapi; /* site.c */

#endif
