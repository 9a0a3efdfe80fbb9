#!/bin/sh
# tidy — the rules of the house that a machine can check.  Silent when all
# is well.  Columns count as on a screen: a Chinese character takes two.
set -u
cd "$(dirname "$0")/.." || exit 2

files() { git ls-files --cached --others --exclude-standard -- "$@" |
    while read -r f; do [ ! -f "$f" ] || echo "$f"; done; }

files 'service/*.[ch]' 'audits/*.[ch]' 'tests/*.[ch]' | perl -e '
use strict; use warnings; use utf8; use open qw(:std :utf8);

# floor -> the floors and system headers it may include, besides itself
my $c = "stdbool.h stddef.h stdint.h limits.h";
my $text = "$c stdarg.h stdio.h stdlib.h string.h inttypes.h";
my $machine = "errno.h fcntl.h signal.h poll.h time.h unistd.h termios.h " .
    "pthread.h sys/file.h sys/stat.h sys/types.h sys/socket.h sys/un.h " .
    "sys/wait.h sys/resource.h malloc.h sys/mman.h sys/random.h dirent.h arpa/inet.h " .
    "ftw.h netinet/in.h netdb.h";
my %may = (
    core   => $c,
    host   => "$text $machine core sodium.h openssl/sha.h blst.h sha256.h",
    format => "$text core errno.h iconv.h utf8proc.h jansson.h " .
              "qrencode.h zlib.h",
    store  => "$text core host sqlite3.h",
    domain => "$text core host format store jansson.h audits",
    http   => "$text $machine core host format store domain audits " .
              "microhttpd.h jansson.h stdatomic.h dlfcn.h",
    cli    => "$text core host format store domain http audits argp.h " .
              "jansson.h errno.h signal.h unistd.h",
    audits => "$text core host format jansson.h argp.h",
);
my @banned = qw(strcpy strcat sprintf vsprintf gets strtok atoi atol atoll
    atof rand srand random alloca system popen tmpnam mktemp localtime gmtime
    ctime asctime);
my $banned = join "|", @banned;
my $unfinished = join "|", "TO" . "DO", "FIX" . "ME", "XX" . "X(?!X)";
my $failed = 0;

sub columns {
    my $n = 0;
    $n += ord($_) >= 0x2e80 ? 2 : 1 for split //, $_[0];
    return $n;
}

while (my $path = <STDIN>) {
    chomp $path;
    open my $file, "<", $path or die "$path: $!";
    my @lines = <$file>;
    my $bad = sub { print "$path:$_[0]: $_[1]\n"; $failed = 1 };
    my ($floor) = $path =~ m{^service/(\w+)/};
    $floor = "audits" if $path =~ m{^audits/};
    my ($name) = $path =~ m{([^/]+)\.[ch]$};
    my %allowed = map { $_ => 1 } split / /, $may{$floor // ""} // "";
    $bad->(1, scalar(@lines) . " lines, 400 at most") if @lines > 400;
    my $all = join "", @lines;
    if ($path =~ /\.h$/) {
        $bad->(1, "must open with: $name — purpose")
            if $all !~ m{^/\*\n \* \Q$name\E — };
        $bad->(1, "says no Source:") if $floor && $all !~ /\bSource:/;
    }
    my $start = 0;
    for my $i (1 .. @lines) {
        my $line = $lines[$i - 1];
        chomp $line;
        $bad->($i, "over 80 columns") if columns($line) > 80;
        $bad->($i, "tab or trailing space") if $line =~ /\t|\s$/;
        $bad->($i, "unfinished work: open an issue instead")
            if $line =~ /\b($unfinished)\b/;
        (my $code = $line) =~ s/"(\\.|[^"\\])*"/""/g;
        $code =~ s{//.*|/\*.*?(\*/|$)|^\s*\*\s.*}{}g;
        $bad->($i, "banned function $1")
            if $code =~ /(?<![\w.>])($banned)\s*\(/
                && ($floor || $1 ne "system");
        $bad->($i, "a global that changes")
            if $floor && $line =~ /^static (?!const|_Thread_local)[^(]*(;|=)/
                && $line !~ /\*const |\bconst\b/;
        if ($line =~ /^#\s*include\s+[<"]([^>"]+)/ && $floor) {
            my $what = $1;
            my ($of) = $what =~ m{^(\w+)/};
            my $own = $line =~ /"/ && ($of // "") eq $floor;
            my $ok = $line =~ /"/ ? $of && $allowed{$of} : $allowed{$what};
            $bad->($i, "$floor may not include $what") unless $own || $ok;
        }
        $start = $i if $line =~ /^\{/;
        if ($line =~ /^\}/ && $start) {
            my $len = $i - $start - 1;
            $bad->($i, "function of $len lines, 60 at most") if $len > 60;
            $start = 0;
        }
    }
}
exit $failed;
' || exit 1

# Marks of unfinished work in everything else that is ours.
mark='TO''DO|FIX''ME'
if files service audits keys web tests Makefile README.md .ci |
    grep -vE '\.[ch]$|package-lock\.json$|/vectors/|/corpus/' |
    xargs grep -nE "\b($mark)\b" /dev/null; then exit 1; fi

# One word a concept, on every floor: what `freeze` does is 封存 to people.
other='冻''结'
if files service audits keys web tests README.md | grep -v /vectors/ |
    xargs grep -nF "$other" /dev/null; then exit 1; fi
