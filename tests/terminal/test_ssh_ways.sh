#!/bin/sh
# Whoever comes in by SSH with the settings of examples/sshd_config.d gets Trato and nothing else:
# every other way that SSH has is tried on a real server, and first as somebody who may, so that a
# way that leads nowhere at all is not taken for one that is closed.
# shellcheck disable=SC1091,SC2154 # sourced
# shellcheck disable=SC2086,SC2029 # lists of options; what is said to the other side is made here
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/tap.sh

dir=$(mktemp -d /tmp/trato-ssh.XXXXXX)
chmod 755 "$dir"
# One connection for all that an account tries: each is a session or a channel of its own in it.
config="-F $dir/ssh_config -o ControlMaster=auto -o ControlPersist=60 -o ControlPath=$dir/mux-%n"
every=
# shellcheck disable=SC2317 # called by the trap
clean() {
	trap - EXIT
	[ -z "$every" ] || for account in free $every; do ssh $config -O exit "$account" 2> /dev/null; done
	[ ! -s "$dir/pid" ] || tests/harness/sshd stop "$dir"
	[ -z "${SSH_AGENT_PID:-}" ] || kill "$SSH_AGENT_PID"
	rm -rf "$dir" "$output"
}
trap clean EXIT
trap 'exit 130' INT TERM
status=0
tests/harness/sshd start "$dir" || status=$?
if [ $status = 77 ]; then
	echo "1..0 # SKIP root needs a mount namespace for the accounts of this test"
	exit 0
fi
[ $status = 0 ] || exit 1
port=$(cat "$dir/port")
every=$(cat "$dir/accounts")
effect=$dir/effect
refused="Here is only Trato"

# ---- What becomes of a way: a sign on the output where it is open

secure() {
	ssh $config "$@" < /dev/null 2>&1
}
traces() {
	find "$effect" -mindepth 1 -printf 'left: %f\n' -delete
}
way_command() { secure "$1" "touch $effect/command"; traces; }
way_shell() { echo "touch $effect/shell" | ssh $config "$1" 2>&1; traces; }
way_upload() { scp $config -q "$0" "$1:$effect/upload" 2>&1; traces; }
way_old_upload() { scp $config -O -q "$0" "$1:$effect/old-upload" 2>&1; traces; }
way_download() {
	scp $config -q "$1:$dir/host_key.pub" "$dir/got" 2>&1
	! rm "$dir/got" 2> /dev/null || echo downloaded
}
way_sftp() { printf 'mkdir %s/sftp\n' "$effect" | sftp $config -q -b - "$1" 2>&1; traces; }
way_netcat() { secure -W "127.0.0.1:$port" "$1"; }

# ask PORT BYTES [LENGTH]: what comes back.
ask() {
	bash -c "exec 3<> /dev/tcp/127.0.0.1/$1 && printf '$2' >&3 && timeout 5 head -c ${3:-15} <&3" 2>&1 |
		tr -d '\0'
}
# forwarded OPTION WAY HOST COMMAND...: what the command says while the way is there.
forwarded() {
	option=$1 way=$2 host=$3
	shift 3
	secure -O forward "$option" "$way" "$host" && "$@"
	secure -O cancel "$option" "$way" "$host" > /dev/null
}
here=127.0.0.1:$(shuf -i 32001-32700 -n 1)
way_local() { forwarded -L "$here:127.0.0.1:$port" "$1" ask "${here#*:}" ''; }
# SOCKS 4: connect to 127.0.0.1.
way_dynamic() {
	forwarded -D "$here" "$1" ask "${here#*:}" \
		"\\4\\1\\$(printf %o $((port / 256)))\\$(printf %o $((port % 256)))\\177\\0\\0\\1\\0" 23
}
# The database's own socket answers a question for TLS with one letter.
way_socket() {
	forwarded -L "$here:$TRATO_CLUSTER/.s.PGSQL.$PGPORT" "$1" ask "${here#*:}" '\0\0\0\10\4\322\26\57' 1 |
		sed 's/^[NS]$/an answer/'
}
way_remote() { forwarded -R 0:127.0.0.1:1 "$1" echo listens; }
way_remote_socket() { forwarded -R "$effect/remote:127.0.0.1:1" "$1" traces; }
# Of these the first session of a connection decides.
# shellcheck disable=SC2016 # there, not here
way_agent() { secure -S none -A -o "IdentityAgent $SSH_AUTH_SOCK" "$1" 'test -S "$SSH_AUTH_SOCK" && echo an agent'; }
way_x11() { DISPLAY=127.0.0.1:9 secure -S none -Y -o LogLevel=INFO "$1" true; }
way_home() {
	for turn in command shell; do
		"way_$turn" "$1"
	done
}

# tries WAY SIGN: open for who may, closed for each account.
tries() {
	expect "$1, who may" 0 "$2" sh_way "$1" free
	while read -r account; do
		expect "$1, $account" 0 "closed" closed "$1" "$account" "$2"
	done < "$dir/accounts"
}
sh_way() { "way_$1" "$2" || :; }
closed() {
	sh_way "$1" "$2" > "$dir/said"
	cat "$dir/said"
	grep -qF -e "$3" -e "left: " "$dir/said" || echo closed
}

eval "$(ssh-agent -s)" > /dev/null
tries command "left: command"
tries shell "left: shell"
tries upload "left: upload"
tries old_upload "left: old-upload"
tries download downloaded
tries sftp "left: sftp"
# Of these the server decides without the account's shell: one account will do.
one=$(head -n 1 "$dir/accounts")
echo "$one" > "$dir/accounts"
tries netcat SSH-2.0
tries local SSH-2.0
tries dynamic SSH-2.0
tries socket "an answer"
tries remote listens
tries remote_socket "left: remote"
tries agent "an agent"
# As the server sees the system, whose root is not that of the namespace where the test is in a chroot.
own_view() {
	if [ -e "$dir/home" ]; then nsenter -m -r -t "$(cat "$dir/pid")" "$@"; else "$@"; fi
}
expect "X11, $one" 0 "X11 forwarding request failed" sh_way x11 "$one"
expect "a tunnel, $one" 0 "permittunnel no" \
	own_view /usr/sbin/sshd -T -f "$dir/config" -C "user=$one,host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=$port"
echo "$every" > "$dir/accounts"
for account in $every; do
	expect "it is told, $account" 0 "$refused" sh_way command "$account"
done

# ---- Files of the home that somebody else might run

if [ -e "$dir/home" ]; then
	for name in $every free; do
		home=$dir/home/$name
		mkdir -p "$home/.ssh" "$home/.config/trato"
		for file in .bashrc .bash_profile .bash_login .profile .bash_logout .zshenv .login .cshrc .ssh/rc; do
			echo "touch $effect/$(basename $file | tr -d .)" > "$home/$file"
		done
		echo "BASH_ENV=$home/.bashrc" > "$home/.ssh/environment"
		echo "ENV=$home/.profile" >> "$home/.ssh/environment"
		echo 'connection = "host=/nowhere";' > "$home/.config/trato/trato.conf"
	done
	tries home "left: bashrc"
else
	echo "# SKIP the files of a home: this one is yours"
fi

# ---- The environment

printf 'touch %s/environment\n' "$effect" > "$dir/shell"
send=$(cut -d= -f1 tests/harness/variables | sed 's/^/-o SendEnv=/' | tr '\n' ' ')
way_environment() {
	# shellcheck disable=SC2046
	env -i $(grep -v ' ' tests/harness/variables | grep -v '^PATH=' | sed "s|%|$dir|g") \
		LD_LIBRARY_PATH="$dir" LD_BIND_NOT=1 \
		/usr/bin/ssh $config -S none $send -o "SendEnv=LD_*" "$1" env < /dev/null 2>&1
	traces
}
tries environment LC_ALL=/tmp
finish
