#include "http/mhd.h"

#include <dlfcn.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdarg.h>
#include <string.h>

/* Everything that http/ calls. */
#define FUNCTIONS(each)                  \
    each(add_connection)                 \
    each(add_response_header)            \
    each(create_response_from_buffer)    \
    each(create_response_from_callback)  \
    each(create_response_from_fd64)      \
    each(destroy_response)               \
    each(get_connection_info)            \
    each(get_connection_values_n)        \
    each(get_daemon_info)                \
    each(lookup_connection_value)        \
    each(queue_response)                 \
    each(resume_connection)              \
    each(start_daemon_va)                \
    each(stop_daemon)                    \
    each(suspend_connection)

struct library {
#define POINTER(name) __typeof__(&MHD_##name)(name);
    FUNCTIONS(POINTER)
    bool is_whole;
};

/* ISO C has no cast from what dlsym returns. */
static bool find(void *to, void *handle, const char *name)
{
    void *at = dlsym(handle, name);
    memcpy(to, &at, sizeof at);
    return at != NULL;
}

/* One thread at a time: pthread_once. */
static struct library *room(void)
{
    static struct library library;
    return &library;
}

static void load(void)
{
    struct library *made = room();
    void *handle = dlopen(MHD_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
    made->is_whole = true;
#define FIND(name) made->is_whole &= find(&made->name, handle, "MHD_" #name);
    FUNCTIONS(FIND)
}

/* NULL: it is not there.  Never unloaded, so every thread may keep it. */
static const struct library *library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return room()->is_whole ? room() : NULL;
}

bool mhd_is_there(void)
{
    return library() != NULL;
}

/* ---- under their own names ------------------------------------------- */

struct MHD_Daemon *MHD_start_daemon(unsigned int flags, uint16_t port,
                                    MHD_AcceptPolicyCallback accept,
                                    void *accept_of,
                                    MHD_AccessHandlerCallback handler,
                                    void *handler_of, ...)
{
    const struct library *l = library();
    if (l == NULL) return NULL;
    va_list options;
    va_start(options, handler_of);
    struct MHD_Daemon *daemon = l->start_daemon_va(
        flags, port, accept, accept_of, handler, handler_of, options);
    va_end(options);
    return daemon;
}

void MHD_stop_daemon(struct MHD_Daemon *daemon)
{
    const struct library *l = library();
    if (l != NULL) l->stop_daemon(daemon);
}

/* What http/ asks for takes no further argument. */
const union MHD_DaemonInfo *MHD_get_daemon_info(struct MHD_Daemon *daemon,
                                                enum MHD_DaemonInfoType type,
                                                ...)
{
    const struct library *l = library();
    return l == NULL ? NULL : l->get_daemon_info(daemon, type);
}

enum MHD_Result MHD_add_connection(struct MHD_Daemon *daemon,
                                   MHD_socket socket,
                                   const struct sockaddr *address,
                                   socklen_t len)
{
    const struct library *l = library();
    return l == NULL ? MHD_NO
                     : l->add_connection(daemon, socket, address, len);
}

void MHD_suspend_connection(struct MHD_Connection *connection)
{
    const struct library *l = library();
    if (l != NULL) l->suspend_connection(connection);
}

void MHD_resume_connection(struct MHD_Connection *connection)
{
    const struct library *l = library();
    if (l != NULL) l->resume_connection(connection);
}

/* What http/ asks for takes no further argument. */
const union MHD_ConnectionInfo *
MHD_get_connection_info(struct MHD_Connection *connection,
                        enum MHD_ConnectionInfoType type, ...)
{
    const struct library *l = library();
    return l == NULL ? NULL : l->get_connection_info(connection, type);
}

int MHD_get_connection_values_n(struct MHD_Connection *connection,
                                enum MHD_ValueKind kind,
                                MHD_KeyValueIteratorN iterator, void *of)
{
    const struct library *l = library();
    return l == NULL
               ? 0
               : l->get_connection_values_n(connection, kind, iterator, of);
}

const char *MHD_lookup_connection_value(struct MHD_Connection *connection,
                                        enum MHD_ValueKind kind,
                                        const char *key)
{
    const struct library *l = library();
    return l == NULL ? NULL
                     : l->lookup_connection_value(connection, kind, key);
}

struct MHD_Response *
MHD_create_response_from_buffer(size_t size, void *buffer,
                                enum MHD_ResponseMemoryMode mode)
{
    const struct library *l = library();
    return l == NULL ? NULL
                     : l->create_response_from_buffer(size, buffer, mode);
}

struct MHD_Response *
MHD_create_response_from_callback(uint64_t size, size_t block_size,
                                  MHD_ContentReaderCallback reader, void *of,
                                  MHD_ContentReaderFreeCallback end)
{
    const struct library *l = library();
    return l == NULL ? NULL
                     : l->create_response_from_callback(size, block_size,
                                                        reader, of, end);
}

struct MHD_Response *MHD_create_response_from_fd64(uint64_t size, int fd)
{
    const struct library *l = library();
    return l == NULL ? NULL : l->create_response_from_fd64(size, fd);
}

enum MHD_Result MHD_add_response_header(struct MHD_Response *response,
                                        const char *header,
                                        const char *content)
{
    const struct library *l = library();
    return l == NULL ? MHD_NO
                     : l->add_response_header(response, header, content);
}

enum MHD_Result MHD_queue_response(struct MHD_Connection *connection,
                                   unsigned int status_code,
                                   struct MHD_Response *response)
{
    const struct library *l = library();
    return l == NULL ? MHD_NO
                     : l->queue_response(connection, status_code, response);
}

void MHD_destroy_response(struct MHD_Response *response)
{
    const struct library *l = library();
    if (l != NULL) l->destroy_response(response);
}
