# Every command with every option that it has, given what it should not be given: nothing, too much,
# hostile text, bytes that are no text; files that are missing, empty, folders, pipes, devices, not to
# be read; an output that is closed or full. Each ends by itself, with the exit code that is written
# here and a sentence that hides nothing. What a command's usage names and this table does not have
# fails. For test_arguments.sh: arguments.pl TRATO FOLDER
use strict;
use warnings;
use Encode;

my ($trato, $dir) = @ARGV;
my ($number, $failures) = (0, 0);
my $huge = 'x' x 100_000;
my $hostile = "\x1B]0;t\x07\x1B[2J\xE2\x80\xAE%n%s";
my @texts = (['empty', ''], ['huge', $huge], ['hostile', $hostile], ['broken', "a\xFF\xC3"]);
$SIG{PIPE} = 'IGNORE';

# ---- files ----

sub put { my ($name, $bytes) = @_; open my $out, '>:raw', "$dir/$name" or die; print $out $bytes; close $out; return "$dir/$name" }
my $head = "name;city\n";
my @files = (
	['missing', "$dir/none.csv", 2], ['empty', put('empty.csv', ''), 1], ['folder', $dir, 2],
	['device', '/dev/zero', 1], ['no name', '', 2], ['too long a name', "/$huge", 2],
	['a name that is hostile', "$dir/$hostile", 2],
	['binary', put('binary.csv', join '', map { chr($_ * 7 % 256) } 1 .. 5000), 1],
	['zeros', put('zeros.csv', "\0" x 70_000), 1],
	['a spreadsheet', put('sheet.csv', "PK\3\4" . "x" x 100), 1],
	['one huge line', put('line.csv', $huge x 20), 1],
	['one huge cell', put('cell.csv', "$head\"" . $huge x 20 . "\";x\n"), 1],
	['never ended quotes', put('quote.csv', "$head\"a;b\nc;d\n"), 1],
	['hostile headings', put('head.csv', "$hostile;$hostile\na;b\n"), 1],
	['headings twice', put('twice.csv', "name;name\na;b\n"), 1],
	['only headings', put('only.csv', $head), 0],
	['broken letters', put('broken.csv', "${head}a\xFF\xC3;\xFE\n"), 0],
	['a pipe that ends', '|', 1],
);
if ($> != 0) { my $path = put('closed.csv', "${head}a;b\n"); chmod 0, $path; push @files, ['unreadable', $path, 2] }
my @outputs = (
	['a folder that is not there', "$dir/none/x", 2], ['a folder', $dir, 2], ['full', '/dev/full', 1],
	['too long a name', "$dir/$huge", 2], ['no name', '', 2],
);
# groff has its word about them, which is no wrong usage.
my @papers = map { [$$_[0], $$_[1], $$_[1] eq '' ? 2 : 1] } @outputs;
# Of which no row is refused.
my @refusals = map { [$$_[0], $$_[1], $$_[0] eq 'full' ? 0 : $$_[2]] } @outputs;

# ---- options: what is wrong for each, and the exit code ----

sub all { my $code = shift; map { [$$_[0], $$_[1], $code] } @texts }
# What fits nothing is no mistake.
my @any_text = map { [$$_[0], $$_[1], $$_[0] eq 'broken' ? 2 : 0] } @texts;
my %days = map { $_ => [all(2), ['no such day', '31/02/2026', 2], ['words', 'someday', 2]] } '--from', '--to';
my %options = (
	'--json' => [], '--csv' => [], '--ics' => [], '--pdf' => [], '--dry-run' => [], '--all-or-nothing' => [],
	'--opened' => [], '--forget' => [],
	%days,
	'--client' => \@any_text, '--person' => \@any_text,
	'report --person' => [all(2)], '--area' => [all(2)], 'audit --person' => [all(2)], 'audit --client' => [all(2)],
	'--offer' => [(map { [$$_[0], $$_[1], $$_[0] eq 'broken' ? 2 : 1] } @texts), ['none', '2026-99999', 1]],
	'--record' => [all(2), ['a table of the server', 'pg_authid/1', 2], ['none', 'client/999999', 0]],
	'privacy --client' => [all(2)], '--contact' => [all(2)], '--user' => [all(2)], '--reason' => [all(2)], 'privacy unblock --reason' => [all(1)],
	'--yes' => [], 'db init --manager' => [all(2), ['no e-mail', 'nobody', 2]], 'db init --name' => [all(2)], 'privacy -o' => [map { [$$_[0], $$_[1], 2] } @outputs],
	'--state' => [all(2), ['of others', 'pending,dancing', 2], ['a comma', ',', 2]],
	'--format' => [all(2), ['another', 'pdf', 2]], '--language' => [all(2), ['another', 'fr', 2]],
	'--encoding' => [all(2), ['another', 'UTF-99', 2]],
	'--role' => [all(2), ['another', 'boss', 2]],
	'user add --name' => [['empty', '', 1], ['huge', $huge, 1], ['broken', "a\xFF\xC3", 1]],
	'watch --name' => [all(2), ['a path', '../x', 2]],
	'--timeout' => [all(2), ['nothing', '0', 2], ['less', '-1', 2], ['too much', '99999999999999999999', 2]],
	'--exec' => [['empty', '', 2]],
	'--action' => [all(2), ['less', '-1', 2], ['too much', '99999999999999999999', 1], ['none', '999999', 1]],
	'-o' => \@outputs, 'report -o' => \@papers, 'offer -o' => \@papers,
	'import -o' => \@refusals, '--refused' => \@refusals,
);
# What stands behind the command where it is to do something.
my %words = ('user add' => ['x@trato.example'], 'user role' => ['luis@trato.example', 'rep'], 'user disable' => ['luis@trato.example'],
	'user enable' => ['luis@trato.example'], 'offer print' => ['999999'], 'privacy unblock' => ['999999'], 'privacy erase' => ['999999'], map { ("import $_" => ["$dir/$_.csv"]) } qw(clients contacts divisions));
put("clients.csv", "name\nAcme\n");
put("$_.csv", "client;name\nAcme;X\n") for 'contacts', 'divisions';
# What is wrong with those words.
my @people = (all(1), ['no e-mail', 'nobody', 1], ['nobody', 'nobody@trato.example', 1]);
my %wrong_words = (
	'user add' => [map { [$$_[0], [$$_[1], '--name', 'X', '--role', 'rep'], 1] } @texts],
	'user disable' => [map { [$$_[0], [$$_[1]], $$_[2]] } @people], 'user enable' => [map { [$$_[0], [$$_[1]], $$_[2]] } @people],
	'user role' => [map { [$$_[0], [$$_[1], 'rep'], $$_[2]] } @people], 'user password' => [map { [$$_[0], [$$_[1]], $$_[2]] } @people],
	'privacy erase' => [map { [$$_[0], [$$_[1]], 1] } @texts],
	'offer print' => [map({ [$$_[0], [$$_[1]], $$_[0] eq 'broken' ? 2 : 1] } @texts), ['none', ['999999'], 1], ['less', ['-1'], 2],
		['too much', ['9' x 30], 1]],
	# The other two lack whose they are.
	map { my $what = $_; ("import $what" => [map { [$$_[0], [$$_[1]], $$_[2] || $what ne 'clients'] } @files]) } qw(clients contacts divisions),
);

# ---- running ----

sub run {
	my ($arguments, %how) = @_;
	pipe my $read, my $write or die;
	pipe my $in_read, my $in_write or die;
	my $pid = fork // die;
	if (!$pid) {
		alarm 60; # whoever hangs is ended by it
		open STDERR, '>&', $write;
		if ($how{output} && $how{output} eq 'closed') { close STDOUT } else { open STDOUT, '>', $how{output} // "$dir/stdout" }
		if ($how{input} && $how{input} eq 'closed') { close STDIN } elsif ($how{input}) { open STDIN, '<', $how{input} } else { open STDIN, '<&', $in_read }
		close $_ for $in_write, $read;
		exec $trato, @$arguments or exit 99;
	}
	close $_ for $write, $in_read;
	print $in_write $how{typed} if defined $how{typed};
	close $in_write;
	my $said = do { local $/; <$read> };
	waitpid $pid, 0;
	return ($? & 127 ? 128 + ($? & 127) : $? >> 8, $said);
}

sub expect {
	my ($name, $code, $arguments, %how) = @_;
	my ($ended, $said) = run($arguments, %how);
	my $seen = eval { decode('UTF-8', my $copy = $said, Encode::FB_CROAK) } // "\e";
	my $why = $ended != $code ? "exit code $ended instead of $code"
		: $code && $said !~ /\S/ ? 'not a word'
		: $seen =~ s/[\n\r]//gr =~ /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/ ? 'says something that is hidden'
		: length $said > 20_000 ? 'says too much' : '';
	$number++;
	$failures++ if $why;
	print $why ? 'not ' : '', "ok $number - $name\n";
	print "# $why: ", encode('UTF-8', substr($seen =~ s/[\p{C}]+/ /gr, 0, 400)), "\n" if $why;
}

# ---- the commands' own list ----

my %tried;
my (undef, $groups) = run(['nonsense']);
# A group of one command tells its usage for words that are too many.
my @commands = map { (run([$_, 'nonsense', 'more', 'and more']))[1] =~ /^(?:  |Usage: )trato (.*)$/mg } $groups =~ /^  trato ([a-z-]+)/mg;
die 'no commands' if @commands < 20;
my @manager = ('-u', 'marta@trato.example');
my @rep = ('-u', 'ana@trato.example');
for my $line (@commands) {
	my ($command) = $line =~ /^([a-z-]+(?: [a-z]+)?)/;
	my @command = split / /, $command;
	# db is the owner's, and mail goes into a rep's own actions.
	my @who = $command[0] eq 'db' ? () : $command[0] eq 'log-mail' ? @rep : @manager;
	my @words = @{$words{$command} // []};
	my %given = (typed => $command eq 'log-mail' ? "From: a\@b.es\n\nx\n" : "long enough\n");

	expect("$command --nonsense", 2, [@who, @command, @words, '--nonsense']);
	expect("$command with a word too many", 2, [@who, @command, @words, 'one', 'two', $hostile]);
	for my $option ($line =~ /(--[a-z-]+|(?<=\[)-o|(?<=\|)-o)/g) {
		my $bad = $options{"$command $option"} // $options{"$command[0] $option"} // $options{$option};
		if (!$bad) { expect("nobody has thought of $command $option", 99, ['--version']); next }
		# One of a kind is enough.
		next if $command[0] =~ /^(list|report|export)$/ && $tried{"$command[0] $option"}++;
		expect("$command $option without its value", 2, [@who, @command, @words, $option]) if @$bad;
		for my $case (@$bad) {
			my ($name, $value, $code) = @$case;
			my @more = $option eq '-o' && $command[0] eq 'report' ? ('--pdf') : ();
			# The options that it cannot do without.
			push @more, '--role', 'rep' if $command eq 'user add' && $option ne '--role';
			push @more, '--name', 'x' if $command eq 'watch' && $option ne '--name' || $command eq 'user add' && $option ne '--name';
			expect("$command $option: $name", $code, [@who, @command, @words, @more, $option, $value], %given);
		}
	}
	for my $case (@{$wrong_words{$command} // []}) {
		my ($name, $values, $code) = @$case;
		my @words = @$values;
		my %how = %given;
		if ($words[0] eq '|') { $words[0] = '-'; $how{typed} = '' }
		expect("$command: $name", $code, [@who, @command, @words], %how);
	}
}

# ---- options of other commands ----

my %all = map { $_ => 1 } map { /(--[a-z-]+|(?<=\[)-o)/g } @commands;
expect("user disable $_", 2, [@manager, 'user', 'disable', 'x', $_]) for sort keys %all;
expect("user disable $_ x", 2, [@manager, 'user', 'disable', 'x', $_, 'x']) for sort keys %all;

# ---- options before the command ----

my @keys = ('keys');
for my $case (@texts) {
	expect("-c: $$case[0]", 2, ['-c', $$case[1], @keys]);
	# What has no "=" is the name of a database, nothing at all that of the environment.
	expect("-d: $$case[0]", $$case[0] eq 'empty' ? 0 : $$case[0] eq 'broken' ? 2 : 3, ['-d', $$case[1], @manager, 'list', 'holds']);
	expect("-d: $$case[0], as a setting", 2, ['-d', "x=$$case[1]", @manager, 'list', 'holds']);
	expect("-u: $$case[0]", 3, ['-u', $$case[1], 'list', 'holds']);
}
expect("-c: $$_[0]", 2, ['-c', $$_[1], @keys]) for grep { $$_[1] ne '|' && $$_[0] !~ /^(empty|only)/ } @files;
expect("$_ without its value", 2, [$_]) for '-c', '-d', '-u', '--config', '--database', '--user';
expect('an option that there is not', 2, ["--$hostile"]);
expect('a command that there is not', 2, [$hostile]);

# ---- outputs and inputs ----

for my $line (grep { /^(list|report|export|user list)/ } @commands) {
	next if $line !~ /^\S+ (clients|pipeline|list|agenda)/; # the others print as these do
	my ($command) = $line =~ /^([a-z-]+ [a-z]+)/;
	for my $format ($command =~ /^export/ ? ([], ['--format', 'json'], ['--format', 'xlsx']) : ([], ['--json'], ['--csv'])) {
		expect("$command @$format with a full output", 1, [@manager, split(/ /, $command), @$format], output => '/dev/full');
		expect("$command @$format with a closed output", 1, [@manager, split(/ /, $command), @$format], output => 'closed');
	}
}
expect('import with a closed input', 2, [@manager, 'import', 'clients', '-'], input => 'closed');
expect('import of a folder as input', 2, [@manager, 'import', 'clients', '-'], input => $dir);
expect('log-mail with a closed input', 2, [@manager, 'log-mail'], input => 'closed');
expect('log-mail of a folder', 2, [@manager, 'log-mail'], input => $dir);
expect('log-mail of nothing', 2, [@manager, 'log-mail'], typed => '');
expect('a password that is none', 2, [@manager, 'user', 'password', 'luis@trato.example'], typed => '');
expect('a short password', 1, [@manager, 'user', 'password', 'luis@trato.example'], typed => "short\n");
expect('a password of bytes', 1, [@manager, 'user', 'password', 'luis@trato.example'], typed => "\xFF\xFE\xC3 long enough\n");

print "1..$number\n";
exit($failures > 0);
