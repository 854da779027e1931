#!/bin/sh
# What the manual pages list by hand is what the program has, in English and in Spanish: commands with
# their options, exit codes, variables, columns of imports, keys of a notice's document, what a
# template of offers is given, codes of refusals. Keys and options of trato.conf are put in by
# tools/man.awk, functions and tables are compared by tests/schema/manual.sql.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${TRATO_PROGRAM:-${BUILD:-build}/trato}
# An unknown command is told the groups, words that are wrong behind one of them the usages of its commands.
usage=$(LANGUAGE=en LC_ALL=C.UTF-8 "$program" no-such-command 2>&1 | sed -n 's/^  trato \([a-z-]*\).*/\1/p' |
	while read -r group; do
		LANGUAGE=en LC_ALL=C.UTF-8 "$program" "$group" no such command 2>&1 </dev/null
	done | sed 's/^Usage: trato/  trato/')
export usage
exec perl - <<'END'
use strict;
use warnings;
use utf8;
binmode STDOUT, ':utf8';

my ($number, $failures) = (0, 0);

sub text { my ($path) = @_; open my $in, '<:utf8', $path or die "$path: $!"; local $/; return <$in> }

# The same names on both sides, however often and in whatever order.
sub same {
	my ($what, $page, $program, $manual) = @_;
	my %in_program = map { $_ => 1 } @$program;
	my %in_manual = map { $_ => 1 } @$manual;
	my @missing = grep { !$in_manual{$_} } sort keys %in_program;
	my @gone = grep { !$in_program{$_} } sort keys %in_manual;
	my $right = !@missing && !@gone && %in_program;
	$failures++ unless $right;
	print $right ? 'ok ' : 'not ok ', ++$number, " - $page: $what\n";
	print "# not in the page: @missing\n" if @missing;
	print "# not in the program: @gone\n" if @gone;
	print "# nothing was found\n" if !%in_program;
}

# What stands between a line that matches and the next one that does.
sub part { my ($text, $from, $to) = @_; return $text =~ /$from(.*?)$to/s ? $1 : '' }

# The words behind macros, without punctuation.
sub words { return grep { /^[\w~\$\/]|^\.\.\./ && !/^(?:Ev|Cm|Ic|Ql|Sy|Pq|Ar|Ns|Fl|Pa|No|Xr)$/ } map { split ' ' } @_ }

# "db init" => options, of the usage and of the items of a page.
my %usage;
for (split /\n/, $ENV{usage}) {
	next unless /^  trato ([a-z-]+(?: [a-z]+)?)(.*)/;
	my ($name, $rest) = ($1, $2);
	$usage{$name}{$_} = 1 for $rest =~ /(?<![\w-])--?([a-z][a-z-]*)/g;
	$usage{$name} //= {};
}
my $options = text('include/conf/options.def');
my $confine = part(text('src/base/confine.c'), 'kept\[\] = \{', '\n\};');
my %getenv;
for my $file (glob 'src/*/*.c') { $getenv{$_} = 1 for text($file) =~ /getenv\("(\w+)"\)/g }
# Of the demo and the tests; everybody's; those of libpq, which stand there in a line of their own.
delete @getenv{'TRATO_DEMO', 'TRATO_FRAMES', 'HOME', 'PATH', grep { /^PG/ } keys %getenv};
my @kinds = split /,/, part(text('include/base/err.h'), 'enum err_kind \{', '\}');
my $paper = text('src/model/offer_paper.c');
my $document = text('schema/queries/delivery_document.sql');
$document =~ s/\Q AS document\E.*//s;
my %columns;
for (text('src/cli/import_columns.def') =~ /COLUMN\(("\w+", "\w+)"/g) {
	my ($of, $name) = /(\w+)", "(\w+)/;
	$name =~ tr/_/ /;
	push @{$columns{$_}}, $name for split //, $of;
}
my %codes;
$codes{$_} = 1 for text('src/model/refusal.def') =~ /REFUSAL\("(TR\d+)"/g;
for my $file (glob 'schema/[0-9]*.sql') { $codes{$_} = 1 for text($file) =~ /'(TR\d\d\d)'/g }

for my $folder ('man', 'man/es') {
	my $page = text("$folder/trato.1");

	# Commands: an item may name several at once, and take the filters.
	my (%there, @filters);
	my $in_filters = 0;
	for (split /\n/, $page) {
		$in_filters = /FILTERS|FILTROS/ if /^\.S[sh] /;
		next unless /^\.It (.*)/;
		my $item = $1;
		push @filters, $item =~ /Fl -([a-z-]+)/g if $in_filters;
		next unless $item =~ s/^Cm ([a-z-]+)//;
		my $group = $1;
		my @names = $item =~ s/^((?: \|? ?[a-z]+)+)(?= |$)// ? grep { /[a-z]/ } split /[ |]+/, $1 : ('');
		for my $name (map { $_ eq '' ? $group : "$group $_" } @names) {
			next unless $usage{$name};
			$there{$name}{$_} = 1 for $item =~ /Fl -?([a-z-]+)/g;
			$there{$name}{'(filters)'} = 1 if $item =~ /Ar fil(?:ters|tros)/;
			$there{$name} //= {};
		}
	}
	same('every command', "$folder/trato.1", [keys %usage], [keys %there]);
	my (@program, @manual);
	for my $name (sort keys %usage) {
		my %filter = map { $_ => 1 } @filters;
		push @program, map { "$name --$_" } grep { !($there{$name}{'(filters)'} && $filter{$_}) } keys %{$usage{$name}};
		push @manual, map { "$name --$_" } grep { $_ ne '(filters)' } keys %{$there{$name}};
	}
	# Another word for -o, told where imports are.
	@program = grep { !/--refused$/ } @program if $page =~ /Fl -refused/;
	same('and its options', "$folder/trato.1", \@program, \@manual);

	my $exit = part($page, '\n\.Sh (?:EXIT STATUS|CÓDIGO DE SALIDA)\n', '\n\.Sh ');
	same('exit codes', "$folder/trato.1", [0 .. @kinds], [$exit =~ /^\.It (\d+)$/mg]);
	my $environment = part($page, '\n\.Sh (?:ENVIRONMENT|ENTORNO)\n', '\n\.Sh ');
	same('variables', "$folder/trato.1", [keys %getenv],
	     [grep { $getenv{$_} || !/^(?:PG\w+|LC_\w+|LANG|\.\.\.)$/ } words($environment =~ /^\.It Ev (.*)/mg)]);
	my ($restricted) = $page =~ /\n\.Sh (?:RESTRICTED MODE|MODO RESTRINGIDO)\n.*?\n\.It\n(.*?)\n\.It\n/s;
	same('variables that count with --restricted', "$folder/trato.1", [$confine =~ /"([A-Z_]+)"/g],
	     [words($restricted =~ /^\.Ev (.*)/mg)]);
	my $watching = part($page, '\n\.Ss (?:WATCHING|VIGILAR)\n', '\n\.Ss ');
	$watching = part($watching, '\.Pp\n(?:The keys of the document are|Las claves del documento son)\n', '\.Pp');
	same('keys of a notice', "$folder/trato.1", [$document =~ /'(\w+)',/g],
	     [words($watching =~ /^\.(?:Pq )?Cm (.*)/mg)]);
	if ($folder eq 'man') {
		for (['c', 'clients'], ['o', 'contacts'], ['d', 'divisions']) {
			my ($of, $name) = @$_;
			my $item = part(part($page, '\n\.Ss IMPORT\n', '\n\.Ss '), "\n\\.It Cm $name\n", '\n\.(?:It|El)');
			$item =~ s/\n\..*//s;
			same("columns of $name", "$folder/trato.1", $columns{$of}, [split /,\s+| or /, $item]);
		}
	}

	my $template = part(text("$folder/trato.conf.5"), '\n\.Ql offer-number', '\n\.Sh ');
	same('strings of a template', "$folder/trato.conf.5", ['offer-state', $paper =~ /add_\w+\(out, "([\w-]+)"/g],
	     ['offer-number', grep { /^(?:offer|client|rep)-/ } split /[\s,.]+/, $template =~ s/\n\.It .*//sr]);
	same('macros of a template', "$folder/trato.conf.5", [$paper =~ /(?:"|\\n)\.([A-Z][A-Z-]+)/g],
	     [$template =~ /^\.(?:It )?Ic ([A-Z-]+)/mg]);

	my $refusals = part(text("$folder/trato-schema.7"), '\n\.Sh (?:REFUSALS|RECHAZOS)\n', '\n\.Sh ');
	same('codes of refusals', "$folder/trato-schema.7", [keys %codes], [$refusals =~ /^\.It Sy (TR\d+)/mg]);
}
print "1..$number\n";
exit($failures > 0);
END
