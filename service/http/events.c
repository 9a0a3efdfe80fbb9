#include "http/events.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { KEY_MAX = 48, BLOCK = 4096 };

/* What is sent to many. */
struct message {
    unsigned holders; /* under the mutex */
    size_t len;
    uint8_t text[];
};

/* One document that somebody listens to. */
struct channel {
    struct channel *next;
    unsigned listeners;
    struct message *newest;
    char tag[ANSWER_TAG_MAX];
    size_t key_len;
    uint8_t key[KEY_MAX];
};

struct listener {
    struct listener *next, **link;
    struct events *events;
    struct channel *channel;
    struct MHD_Connection *at;
    struct message *sending, *waiting; /* the latter: newer than the former */
    size_t sent;
    bool is_asleep, wants_beat;
};

struct events {
    struct cache *cache;
    struct watch *watch;
    pthread_mutex_t mutex;
    pthread_cond_t woken;
    pthread_t thread;
    struct channel *channels;
    struct listener *listeners;
    unsigned count;
    bool is_running, is_ending, is_woken;
};

/* ---- messages; everything under the mutex ---------------------------- */

static void drop(struct message **message)
{
    if (*message != NULL && --(*message)->holders == 0) free(*message);
    *message = NULL;
}

static struct message *hold(struct message *message)
{
    if (message != NULL) message->holders++;
    return message;
}

static struct message *message_of(const char *tag, struct bytes json)
{
    size_t max = json.len + 128;
    struct message *made = malloc(sizeof *made + max);
    if (made == NULL) return NULL;
    struct writer w = writer_into(made->text, max);
    writer_text(&w, "event: draw\nid: ");
    writer_text(&w, tag);
    writer_text(&w, "\ndata: ");
    writer_add(&w, json);
    writer_text(&w, "\n\n");
    made->holders = 1;
    made->len = w.len;
    return made;
}

static struct message *comment(const char *text)
{
    size_t len = strlen(text);
    struct message *made = malloc(sizeof *made + len);
    if (made == NULL) return NULL;
    made->holders = 1;
    made->len = len;
    memcpy(made->text, text, len);
    return made;
}

static void rouse(struct listener *listener)
{
    if (!listener->is_asleep) return;
    listener->is_asleep = false;
    MHD_resume_connection(listener->at);
}

static void publish(struct events *events, struct channel *channel)
{
    for (struct listener *at = events->listeners; at != NULL; at = at->next) {
        if (at->channel != channel) continue;
        drop(&at->waiting);
        at->waiting = hold(channel->newest);
        rouse(at);
    }
}

static void renew(struct channel *channel, const struct answer *answer)
{
    drop(&channel->newest);
    memcpy(channel->tag, answer_tag(answer), sizeof channel->tag);
    channel->newest = message_of(channel->tag, answer_body(answer));
}

/* ---- what a connection reads ----------------------------------------- */

static void take_next(struct listener *listener)
{
    drop(&listener->sending);
    listener->sent = 0;
    listener->sending = listener->waiting;
    listener->waiting = NULL;
    if (listener->sending == NULL && listener->wants_beat)
        listener->sending = comment(":\n\n");
    listener->wants_beat = false;
}

static ssize_t on_read(void *of, uint64_t position, char *to, size_t max)
{
    (void)position;
    struct listener *listener = of;
    struct events *events = listener->events;
    ssize_t len = 0;
    pthread_mutex_lock(&events->mutex);
    struct message *now = listener->sending;
    if (now == NULL || listener->sent == now->len) take_next(listener);
    now = listener->sending;
    if (events->is_ending) {
        len = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (now == NULL) {
        listener->is_asleep = true;
        MHD_suspend_connection(listener->at);
    } else {
        size_t left = now->len - listener->sent;
        size_t part = left < max ? left : max;
        memcpy(to, now->text + listener->sent, part);
        listener->sent += part;
        len = (ssize_t)part;
    }
    pthread_mutex_unlock(&events->mutex);
    return len;
}

static void leave(struct events *events, struct channel *channel)
{
    if (--channel->listeners != 0) return;
    struct channel **at = &events->channels;
    while (*at != channel) at = &(*at)->next;
    *at = channel->next;
    drop(&channel->newest);
    free(channel);
}

static void on_free(void *of)
{
    struct listener *listener = of;
    struct events *events = listener->events;
    pthread_mutex_lock(&events->mutex);
    *listener->link = listener->next;
    if (listener->next != NULL) listener->next->link = listener->link;
    events->count--;
    drop(&listener->sending);
    drop(&listener->waiting);
    leave(events, listener->channel);
    pthread_mutex_unlock(&events->mutex);
    free(listener);
}

/* ---- a new listener -------------------------------------------------- */

bool events_match(size_t *len, struct bytes path)
{
    static const char start[] = "/api/v1/draws/", ending[] = "/events";
    const size_t head = sizeof start - 1, tail = sizeof ending - 1;
    if (!bytes_starts(path, start) || path.len <= head + tail ||
        path.len > KEY_MAX)
        return false;
    *len = path.len - tail;
    /* Not of what stands below a draw: a proof may be half a gigabyte. */
    uint64_t draw = 0;
    return bytes_equal_text(bytes_slice(path, *len, tail), ending) &&
           bytes_read_u64(&draw, bytes_slice(path, head, *len - head),
                          CANON_INTEGER_MAX) == OK;
}

static struct channel *channel_for(struct events *events, struct bytes key,
                                   const struct answer *now)
{
    for (struct channel *at = events->channels; at != NULL; at = at->next)
        if (bytes_equal(bytes_of(at->key, at->key_len), key)) return at;
    struct channel *made = calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    bytes_copy(made->key, key.at, key.len);
    made->key_len = key.len;
    renew(made, now);
    made->next = events->channels;
    events->channels = made;
    return made;
}

static struct listener *enter(struct events *events, struct bytes key,
                              struct MHD_Connection *at,
                              const struct answer *now)
{
    struct listener *made = calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    struct channel *channel =
        events->count < EVENTS_MAX && !events->is_ending && key.len <= KEY_MAX
            ? channel_for(events, key, now)
            : NULL;
    if (channel == NULL) {
        free(made);
        return NULL;
    }
    const char *seen =
        MHD_lookup_connection_value(at, MHD_HEADER_KIND, "Last-Event-ID");
    bool is_seen = seen != NULL && strcmp(seen, channel->tag) == 0;
    made->events = events;
    made->channel = channel;
    made->at = at;
    made->sending = comment("retry: 3000\n\n");
    made->waiting = is_seen ? NULL : hold(channel->newest);
    made->link = &events->listeners;
    made->next = events->listeners;
    if (made->next != NULL) made->next->link = &made->next;
    events->listeners = made;
    events->count++;
    channel->listeners++;
    return made;
}

enum MHD_Result events_listen(struct events *events, struct bytes key,
                              struct MHD_Connection *at,
                              const struct answer *now)
{
    pthread_mutex_lock(&events->mutex);
    struct listener *listener = enter(events, key, at, now);
    pthread_mutex_unlock(&events->mutex);
    if (listener == NULL)
        return answer_refuse(at, 503, "大屏的连接太多。请稍后再试。");
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK, on_read, listener, on_free);
    if (response == NULL) {
        on_free(listener);
        return MHD_NO;
    }
    const struct route_reply like = { .status = 200,
                                      .type = "text/event-stream",
                                      .cache = ROUTE_NO_STORE };
    answer_add_headers(response, &like);
    /* nginx in front would keep events until its buffer is full. */
    MHD_add_response_header(response, "X-Accel-Buffering", "no");
    enum MHD_Result result = MHD_queue_response(at, 200, response);
    MHD_destroy_response(response);
    return result;
}

/* ---- the thread that looks ------------------------------------------- */

struct look {
    struct cache_waiter waiter; /* first */
    struct events *events;
};

static void wake(struct cache_waiter *waiter)
{
    struct events *events = ((struct look *)waiter)->events;
    pthread_mutex_lock(&events->mutex);
    events->is_woken = true;
    pthread_cond_signal(&events->woken);
    pthread_mutex_unlock(&events->mutex);
}

/* The document as it is now, held; NULL: not to be had. */
static struct answer *document(struct events *events, struct bytes key)
{
    struct look look = { .waiter.wake = wake, .events = events };
    struct cache_moment moment = {
        .generation = watch_generation(events->watch),
        .now = (uint64_t)time(NULL),
    };
    struct answer *answer = cache_find(events->cache, key, moment);
    if (answer != NULL) return answer;
    events->is_woken = false;
    if (!cache_wait(events->cache, key, &look.waiter)) return NULL;
    pthread_mutex_lock(&events->mutex);
    while (!events->is_woken)
        pthread_cond_wait(&events->woken, &events->mutex);
    pthread_mutex_unlock(&events->mutex);
    return look.waiter.answer;
}

/* The key of channel number `index`; false: there is none. */
static bool key_of(struct bytes *key, uint8_t room[KEY_MAX],
                   struct events *events, size_t index)
{
    pthread_mutex_lock(&events->mutex);
    struct channel *at = events->channels;
    while (at != NULL && index-- != 0) at = at->next;
    if (at != NULL) memcpy(room, at->key, sizeof at->key);
    *key = bytes_of(room, at == NULL ? 0 : at->key_len);
    pthread_mutex_unlock(&events->mutex);
    return key->len != 0;
}

static void look_at(struct events *events, struct bytes key)
{
    struct answer *answer = document(events, key);
    if (answer == NULL) return;
    pthread_mutex_lock(&events->mutex);
    for (struct channel *at = events->channels; at != NULL; at = at->next) {
        if (!bytes_equal(bytes_of(at->key, at->key_len), key)) continue;
        if (strcmp(at->tag, answer_tag(answer)) == 0) continue;
        if (answer_tag(answer)[0] == 0) continue; /* an error is no news */
        renew(at, answer);
        publish(events, at);
    }
    pthread_mutex_unlock(&events->mutex);
    answer_drop(answer);
}

static void beat(struct events *events)
{
    pthread_mutex_lock(&events->mutex);
    for (struct listener *at = events->listeners; at != NULL; at = at->next) {
        at->wants_beat = true;
        rouse(at);
    }
    pthread_mutex_unlock(&events->mutex);
}

static bool is_ending(struct events *events)
{
    pthread_mutex_lock(&events->mutex);
    bool is = events->is_ending;
    pthread_mutex_unlock(&events->mutex);
    return is;
}

static void *run(void *of)
{
    struct events *events = of;
    const struct timespec step = { .tv_nsec = EVENTS_STEP_MS * 1000000L };
    uint8_t room[KEY_MAX];
    struct bytes key;
    for (unsigned since_ms = 0; !is_ending(events);
         since_ms += EVENTS_STEP_MS) {
        for (size_t i = 0; key_of(&key, room, events, i); i++)
            look_at(events, key);
        if (since_ms >= EVENTS_BEAT_MS) {
            beat(events);
            since_ms = 0;
        }
        nanosleep(&step, NULL);
    }
    return NULL;
}

enum err events_start(struct events **events, struct cache *cache,
                      struct watch *watch)
{
    struct events *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    made->cache = cache;
    made->watch = watch;
    pthread_mutex_init(&made->mutex, NULL);
    pthread_cond_init(&made->woken, NULL);
    *events = made;
    made->is_running = pthread_create(&made->thread, NULL, run, made) == 0;
    return made->is_running ? OK : ERR_IO;
}

void events_stop(struct events *events)
{
    if (events == NULL) return;
    pthread_mutex_lock(&events->mutex);
    events->is_ending = true;
    for (struct listener *at = events->listeners; at != NULL; at = at->next)
        rouse(at);
    pthread_mutex_unlock(&events->mutex);
    if (events->is_running) pthread_join(events->thread, NULL);
    events->is_running = false;
}

void events_free(struct events *events)
{
    if (events == NULL) return;
    pthread_cond_destroy(&events->woken);
    pthread_mutex_destroy(&events->mutex);
    free(events);
}
