#include "http/download.h"
#include "http/handler.h"
#include "http/site.h"
#include "http/view.h"

const struct route route_table[] = {
    { "/healthz", .handler = handler_health },
    { "/log/checkpoint", .handler = log_checkpoint },
    { "/log/heads/*", .handler = log_heads },
    { "/log/tile/*", .handler = log_tile },
    { "/log/files/*", .handler = log_file },
    { "/static/*", .handler = asset_answer },

    { "/api/v1/items", .view = view_items },
    { "/api/v1/plans", .view = view_plans },
    { "/api/v1/draws", .view = view_draws },
    { "/api/v1/draws/#", .view = view_draw, .is_of_draw = true },
    /* "/api/v1/draws/#/events" is the stream of it: events.h */
    { "/api/v1/draws/#/openings", .view = view_openings },
    { "/api/v1/draws/#/proof", .handler = handler_proof },
    { "/api/v1/draws/#/targets/*", .view = view_target, .takes_text = true },

    { "/api/v1/draws/#/verdict", .view = view_verdict, .is_of_draw = true },
    { "/api/v1/draws/#/verdict/*", .view = view_verdict, .is_of_draw = true },
    { "/api/v1/items/versions", .view = view_item_versions },
    { "/api/v1/plans/years", .view = view_plan_years },
    { "/api/v1/statistics", .view = view_statistic },
    { "/api/v1/summary", .view = view_home },
    { "/api/v1/log", .view = view_head },

    { "/", .view = view_home, .template = "home.html" },
    { "/items", .view = view_item_versions, .template = "items.html" },
    { "/plans", .view = view_plan_years, .template = "plans.html" },
    { "/statistics", .view = view_statistic, .template = "statistics.html" },
    { "/draws", .view = view_draw_list, .template = "draws.html" },
    { "/draws/page/#", .view = view_draw_list, .template = "draws.html" },
    { "/draws/#", .view = view_verdict, .template = "draw.html",
      .is_of_draw = true },
    { "/draws/#/page/*", .view = view_verdict, .template = "draw_rows.html",
      .is_of_draw = true },
    { "/draws/#/targets.csv", .handler = download_csv, .is_of_draw = true },
    { "/draws/#/targets.xlsx", .handler = download_xlsx, .is_of_draw = true },
    { "/draws/#/qr.svg", .handler = download_qr, .accepts = " module " },
    { "/draws/#/record", .view = view_record, .template = "record.html" },
    { "/log", .view = view_head, .template = "log.html" },
    { "/how", .view = view_nothing, .template = "how.html" },
    { "/en", .view = view_nothing, .template = "en.html" },
    { "/receipt", .view = view_nothing, .template = "receipt.html" },
    { "/beacon", .view = view_nothing, .template = "beacon.html" },
    { "/screen/#", .view = view_draw, .template = "screen.html",
      .is_of_draw = true },

    { "/api/v1/search", .view = view_search, .accepts = " q page " },
    { "/search", .view = view_search, .template = "search.html",
      .accepts = " q page " },
    { "/api/v1/targets/*", .view = view_firm, .takes_text = true },
    { "/targets/*", .view = view_firm, .template = "target.html",
      .takes_text = true },

    { "/api/v1/lists", .view = view_lists },
    { "/api/v1/lists/*", .view = view_list },
    { "/lists", .view = view_lists, .template = "lists.html" },
    { "/lists/*", .view = view_list, .template = "list.html" },

    { "/api/v1/events", .view = view_events },
    { "/api/v1/openapi.json", .handler = site_openapi },
    { "/feed.atom", .handler = site_feed },
    { "/draws.ics", .handler = site_calendar },
    { "/robots.txt", .handler = site_robots },
    { "/sitemap.xml", .handler = site_map },
    { "/.well-known/security.txt", .handler = site_security },
    { .pattern = NULL },
};
