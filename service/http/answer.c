#include "http/answer.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/hash.h"
#include "format/gzip.h"

enum { TAG_BYTES = 16, OVERHEAD = 1024 };

struct answer {
    atomic_uint holders;
    unsigned status;
    bool is_kept;
    size_t size;
    struct bytes body; /* the response's */
    struct MHD_Response *response;
    char tag[ANSWER_TAG_MAX];
};

/* ---- making ---------------------------------------------------------- */

static bool is_text(const char *type)
{
    return strncmp(type, "text/", 5) == 0 || strstr(type, "json") != NULL ||
           strstr(type, "xml") != NULL || strstr(type, "javascript") != NULL;
}

static void write_tag(char tag[ANSWER_TAG_MAX], struct bytes body,
                      bool is_packed)
{
    struct hash digest = hash_sha256(body);
    struct writer w = writer_into(tag, ANSWER_TAG_MAX - 1);
    writer_byte(&w, '"');
    writer_hex(&w, bytes_of(digest.b, TAG_BYTES));
    writer_text(&w, is_packed ? "-gz\"" : "\"");
    tag[w.len] = 0;
}

static void add(struct MHD_Response *response, const char *name,
                const char *value)
{
    MHD_add_response_header(response, name, value);
}

void answer_add_headers(struct MHD_Response *response,
                        const struct route_reply *reply)
{
    static const char *const caches[] = {
        "no-cache", "no-store", "public, max-age=31536000, immutable"
    };
    add(response, "Content-Type", reply->type);
    add(response, "Cache-Control", caches[reply->cache]);
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "Referrer-Policy", "no-referrer");
    add(response, "Access-Control-Allow-Origin", "*");
    add(response, "Cross-Origin-Resource-Policy", "cross-origin");
    add(response, "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; "
        "img-src 'self'; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'");
    if (is_text(reply->type)) add(response, "Vary", "Accept-Encoding");
    if (reply->name[0] != 0) {
        char text[sizeof reply->name + 32] = { 0 };
        struct writer w = writer_into(text, sizeof text - 1);
        writer_text(&w, "attachment; filename=\"");
        writer_text(&w, reply->name);
        writer_text(&w, "\"");
        add(response, "Content-Disposition", text);
    }
    if (reply->status == 503) add(response, "Retry-After", "5");
    if (reply->status == 405) add(response, "Allow", "GET, HEAD");
}

static void pack(struct route_reply *reply)
{
    struct bytes packed;
    if (gzip_pack(&packed, reply->body) != OK) return;
    free((void *)(uintptr_t)reply->body.at);
    reply->body = packed;
}

static struct MHD_Response *response_of(struct route_reply *reply)
{
    struct MHD_Response *made = NULL;
    if (reply->has_file) {
        made = MHD_create_response_from_fd64(reply->file_len, reply->file);
        if (made == NULL) close(reply->file);
        return made;
    }
    void *body = (void *)(uintptr_t)reply->body.at;
    made = MHD_create_response_from_buffer(reply->body.len, body,
                                           MHD_RESPMEM_MUST_FREE);
    if (made == NULL) free(body);
    return made;
}

struct answer *answer_make(struct route_reply *reply, bool is_packed)
{
    char tag[ANSWER_TAG_MAX] = "";
    bool is_good = reply->status == 200 && !reply->has_file;
    size_t plain_len = reply->body.len;
    if (is_good && is_packed && is_text(reply->type) &&
        plain_len >= ANSWER_GZIP_MIN)
        pack(reply);
    is_packed = reply->body.len != plain_len;
    if (is_good) write_tag(tag, reply->body, is_packed);
    struct bytes body = reply->body;
    struct MHD_Response *response = response_of(reply);
    if (response == NULL) return NULL;
    struct answer *made = calloc(1, sizeof *made);
    if (made == NULL) {
        MHD_destroy_response(response);
        return NULL;
    }
    made->holders = 1;
    made->status = reply->status;
    made->size = OVERHEAD + body.len;
    made->body = body;
    made->is_kept = is_good && reply->cache != ROUTE_NO_STORE &&
                    !reply->is_passing;
    made->response = response;
    memcpy(made->tag, tag, sizeof tag);
    answer_add_headers(response, reply);
    if (is_packed) add(response, "Content-Encoding", "gzip");
    if (tag[0] != 0) add(response, "ETag", tag);
    return made;
}

struct answer *answer_hold(struct answer *answer)
{
    atomic_fetch_add(&answer->holders, 1);
    return answer;
}

void answer_drop(struct answer *answer)
{
    if (answer == NULL || atomic_fetch_sub(&answer->holders, 1) != 1) return;
    MHD_destroy_response(answer->response);
    free(answer);
}

size_t answer_size(const struct answer *answer)
{
    return answer->size;
}

const char *answer_tag(const struct answer *answer)
{
    return answer->tag;
}

struct bytes answer_body(const struct answer *answer)
{
    return answer->body;
}

bool answer_is_kept(const struct answer *answer)
{
    return answer->is_kept;
}

/* ---- what the reader says -------------------------------------------- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_zero(const char *weight)
{
    if (*weight++ != '0') return false;
    if (*weight == '.') weight++;
    while (*weight == '0') weight++;
    return *weight == 0 || *weight == ',' || is_blank(*weight);
}

/* One element of the list: its name, and whether q is not 0. */
static bool element_takes(const char *at, const char *name, bool *is_named)
{
    while (is_blank(*at)) at++;
    while (*name != 0 && lower(*at) == *name) at++, name++;
    *is_named = *name == 0 &&
                (*at == 0 || *at == ',' || *at == ';' || is_blank(*at));
    while (is_blank(*at)) at++;
    if (*at != ';') return true;
    at++;
    while (is_blank(*at)) at++;
    return !((*at == 'q' || *at == 'Q') && at[1] == '=' && is_zero(at + 2));
}

bool answer_takes_gzip(const char *header)
{
    bool is_any = false;
    while (header != NULL && *header != 0) {
        bool is_named = false;
        bool takes = element_takes(header, "gzip", &is_named);
        if (is_named) return takes;
        takes = element_takes(header, "*", &is_named);
        if (is_named) is_any = takes;
        header = strchr(header, ',');
        if (header != NULL) header++;
    }
    return is_any;
}

bool answer_is_known(const char *header, const char *tag)
{
    size_t len = strlen(tag);
    while (header != NULL && *header != 0) {
        while (is_blank(*header) || *header == ',') header++;
        if (*header == '*') return true;
        if (header[0] == 'W' && header[1] == '/') header += 2;
        if (*header != '"') return false;
        if (strncmp(header, tag, len) == 0) return true;
        header = strchr(header + 1, '"');
        if (header != NULL) header++;
    }
    return false;
}

/* ---- sending --------------------------------------------------------- */

enum MHD_Result answer_send(struct MHD_Connection *at,
                            const struct answer *answer)
{
    unsigned status = answer->status;
    if (answer->tag[0] != 0) {
        const char *has = MHD_lookup_connection_value(at, MHD_HEADER_KIND,
                                                      "If-None-Match");
        if (has != NULL && answer_is_known(has, answer->tag)) status = 304;
    }
    return MHD_queue_response(at, status, answer->response);
}

enum MHD_Result answer_refuse(struct MHD_Connection *at, unsigned status,
                              const char *title)
{
    struct route_reply reply = { 0 };
    route_problem(&reply, status, title);
    struct answer *answer = answer_make(&reply, false);
    if (answer == NULL) return MHD_NO;
    add(answer->response, "Connection", "close");
    enum MHD_Result result = answer_send(at, answer);
    answer_drop(answer);
    return result;
}
