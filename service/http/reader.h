/*
 * reader — one connection: guard its requests, find or wait for the answer.
 *
 *     address -> headers -> on_request
 *                             hit:  send
 *                             miss: suspend … the maker wakes … send
 *
 * Source: libmicrohttpd's manual.
 */
#ifndef HTTP_READER_H
#define HTTP_READER_H

#include <pthread.h>

#include "http/events.h"
#include "http/guard.h"
#include "http/maker.h"

enum { READER_HEAD_S = 10 /* seconds for all headers of a request */ };

struct reader;

/* All connections of a server. */
struct readers {
    struct cache *cache;
    struct watch *watch;
    struct events *events;
    pthread_mutex_t mutex;
    struct reader *first;
};

/* For libmicrohttpd; `of` is the struct readers. */
void reader_on_connection(void *of, struct MHD_Connection *at, void **state,
                          enum MHD_ConnectionNotificationCode code);
void *reader_on_address(void *of, const char *uri, struct MHD_Connection *at);
enum MHD_Result reader_on_request(void *of, struct MHD_Connection *at,
                                  const char *url, const char *method,
                                  const char *version, const char *upload,
                                  size_t *upload_len, void **state);
void reader_on_end(void *of, struct MHD_Connection *at, void **state,
                   enum MHD_RequestTerminationCode code);

/* Ends connections that have not sent a whole request in READER_HEAD_S. */
void reader_hurry(struct readers *readers);

#endif
