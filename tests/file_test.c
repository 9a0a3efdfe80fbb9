#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/file.h"
#include "host/folder.h"
#include "host/lock.h"

struct place {
    char dir[64];
    char path[FILE_PATH_MAX];
};

static int make_place(void **state)
{
    static struct place place;
    snprintf(place.dir, sizeof place.dir, "/tmp/file_test-XXXXXX");
    if (mkdtemp(place.dir) == NULL) return -1;
    *state = &place;
    return file_path(place.path, place.dir, "thing") == OK ? 0 : -1;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    unlink(place->path);
    return rmdir(place->dir);
}

static unsigned mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(0, stat(path, &status));
    return status.st_mode & 0777;
}

static void what_is_written_is_read(void **state)
{
    const struct place *place = *state;
    static const size_t lens[] = { 0, 1, 4095, 4096, 70000 };
    char *text = calloc(1, 70000);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
        struct bytes whole = bytes_of(text, lens[i]), back;
        assert_int_equal(OK, file_write(place->path, whole, 0600));
        assert_int_equal(0600, mode_of(place->path));
        assert_int_equal(OK, file_read(&back, place->path, lens[i]));
        assert_true(bytes_equal(whole, back));
        assert_int_equal(0, back.at[back.len]);
        file_release(&back);
        assert_null(back.at);
        if (lens[i] == 0) continue;
        assert_int_equal(ERR_LIMIT,
                         file_read(&back, place->path, lens[i] - 1));
    }
    free(text);
}

static void a_file_is_created_once(void **state)
{
    const struct place *place = *state;
    struct bytes first = bytes_text("first"), back;
    assert_int_equal(OK, file_create(place->path, first, 0644));
    assert_int_equal(0644, mode_of(place->path));
    assert_int_equal(ERR_EXISTS,
                     file_create(place->path, bytes_text("second"), 0644));
    assert_int_equal(OK, file_read(&back, place->path, 100));
    assert_true(bytes_equal(first, back));
    file_release(&back);
}

static void what_is_missing_is_absent(void **state)
{
    const struct place *place = *state;
    struct bytes back;
    char below[FILE_PATH_MAX];
    assert_int_equal(OK, file_path(below, place->path, "below"));
    assert_int_equal(ERR_ABSENT, file_read(&back, place->path, 100));
    assert_int_equal(ERR_ABSENT, file_write(below, bytes_text("x"), 0600));
    assert_int_equal(ERR_ABSENT, file_make_dir(below));
    assert_int_equal(ERR_IO, file_read(&back, place->dir, 100));
    assert_int_equal(OK, file_wipe(place->path));
    assert_false(file_exists(place->path));
    assert_true(file_is_dir(place->dir));
    assert_int_equal(ERR_EXISTS, file_make_dir(place->dir));
}

static void a_folder_goes_with_all_that_is_in_it(void **state)
{
    const struct place *place = *state;
    char below[FILE_PATH_MAX], file[FILE_PATH_MAX], link[FILE_PATH_MAX];
    assert_int_equal(ERR_ABSENT, folder_remove(place->path));
    assert_int_equal(OK, file_make_dir(place->path));
    assert_int_equal(OK, file_path(below, place->path, "below"));
    assert_int_equal(OK, file_make_dir(below));
    assert_int_equal(OK, file_path(file, below, "file"));
    assert_int_equal(OK, file_write(file, bytes_text("x"), 0400));
    assert_int_equal(OK, file_path(link, below, "link"));
    assert_int_equal(0, symlink(place->dir, link));
    assert_int_equal(OK, folder_remove(place->path));
    assert_false(file_exists(place->path));
    assert_true(file_is_dir(place->dir));
}

static void a_device_is_written_to_and_stays(void **state)
{
    const struct place *place = *state;
    assert_int_equal(0, mkfifo(place->path, 0600));
    int reader = open(place->path, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_int_equal(OK, file_write(place->path, bytes_text("x"), 0600));
    char got = 0;
    assert_int_equal(1, read(reader, &got, 1));
    assert_int_equal('x', got);
    struct stat found;
    assert_int_equal(0, lstat(place->path, &found));
    assert_true(S_ISFIFO(found.st_mode));
    close(reader);
    assert_int_equal(OK, file_remove(place->path));
    assert_int_equal(ERR_DISK,
                     file_write("/dev/full", bytes_text("x"), 0600));
}

static void a_wiped_file_is_gone(void **state)
{
    const struct place *place = *state;
    assert_int_equal(OK, file_write(place->path, bytes_text("secret"), 0600));
    assert_int_equal(OK, file_wipe(place->path));
    assert_false(file_exists(place->path));
}

static void a_second_writer_is_told_who_the_first_is(void **state)
{
    const struct place *place = *state;
    struct lock lock;
    assert_int_equal(OK, lock_take(&lock, place->path, 0));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct lock other;
        bool is_right = lock_take(&other, place->path, 60) == ERR_BUSY &&
                        other.holder == (uint64_t)getppid();
        _exit(is_right ? 0 : 1);
    }
    int status = 1;
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_int_equal(0, status);
    lock_release(&lock);
    assert_int_equal(OK, lock_take(&lock, place->path, 0));
    lock_release(&lock);
    lock_release(&lock);
    assert_int_equal(ERR_ABSENT, lock_take(&lock, "/nowhere/lock", 0));
}

#define AT_A_PLACE(test) \
    cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_PLACE(what_is_written_is_read),
        AT_A_PLACE(a_file_is_created_once),
        AT_A_PLACE(what_is_missing_is_absent),
        AT_A_PLACE(a_folder_goes_with_all_that_is_in_it),
        AT_A_PLACE(a_device_is_written_to_and_stays),
        AT_A_PLACE(a_wiped_file_is_gone),
        AT_A_PLACE(a_second_writer_is_told_who_the_first_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
