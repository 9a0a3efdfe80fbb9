/*
 * view — the resources, each one JSON document: view_<noun>.c.
 *
 * Source: README, "HTTP".
 */
#ifndef HTTP_VIEW_H
#define HTTP_VIEW_H

#include "http/route.h"

route_view view_items, view_plans;                  /* view_listing.c */
route_view view_draws, view_draw;                   /* view_draw.c    */
route_view view_openings;                           /* view_opening.c */
route_view view_target;                             /* view_target.c  */
route_view view_firm;                               /* view_firm.c    */
route_view view_record;                             /* view_record.c  */
route_view view_events;                             /* view_event.c   */
route_view view_lists, view_list;                   /* view_list.c    */
route_view view_search;                             /* view_search.c  */
route_view view_nothing, view_head;                 /* view_head.c    */
route_view view_verdict;                            /* view_verdict.c */
route_view view_home, view_draw_list;               /* view_home.c    */
route_view view_item_versions, view_plan_years;     /* view_gazette.c */
route_view view_statistic;                          /* view_statistic.c */

#endif
