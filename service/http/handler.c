#include "http/handler.h"

#include "domain/evidence.h"
#include "domain/proof.h"
#include "http/words.h"

enum err handler_health(struct route_reply *reply,
                        struct route_request *request)
{
    struct merkle_head head;
    uint8_t room[256];
    enum err err = evidence_published(&head, request->dir->db);
    if (err != OK) return err;
    bool is_stopped = request->dir->log.stop != OK;
    struct writer w = writer_into(room, sizeof room);
    struct canon c = canon_into(&w);
    canon_object(&c);
    canon_member_u64(&c, "size", head.size);
    canon_member_text(&c, "status", is_stopped ? "quarantine" : "ok");
    canon_object_end(&c);
    if (is_stopped) reply->status = 503;
    reply->cache = ROUTE_NO_STORE;
    return route_body(reply, writer_bytes(&w));
}

enum err handler_proof(struct route_reply *reply,
                       struct route_request *request)
{
    enum err err = proof_make(&reply->body, request->dir, request->number);
    if (err != ERR_LIMIT) return err;
    route_problem(reply, 404, WORDS_TOO_LARGE);
    return OK;
}
