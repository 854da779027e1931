#!/bin/sh
# Proves on a fresh Debian that one command does all the set-up: as root,
#
#   tools/fresh-root.sh bookworm|trixie [COMMAND]
#
# makes a minimal root under /var/tmp (kept packed there for the next time), copies HEAD into it,
# installs `make` and runs COMMAND in the copy; without one: make demo, its use, and make check.
# What is mounted and started there is gone with the last process, the root at the end.
set -eu

dist=${1:?usage: fresh-root.sh bookworm|trixie [COMMAND]}
mirror=${MIRROR:-http://deb.debian.org/debian}
security=${SECURITY:-http://deb.debian.org/debian-security}
base=/var/tmp/trato-$dist.tar

if [ "${2:-}" = --inside ]; then
	# In namespaces of its own, the root as third argument, the command as fourth.
	root=$3
	command=$4
	# A root that is no mount allows no mount of its own in it, which tests want. /proc comes along.
	mount --rbind "$root" "$root"
	mount -t tmpfs -o mode=755 dev "$root/dev"
	while read -r name major minor; do
		mknod -m 666 "$root/dev/$name" c "$major" "$minor"
	done <<-END
		null 1 3
		zero 1 5
		full 1 7
		random 1 8
		urandom 1 9
		tty 5 0
	END
	mkdir "$root/dev/pts" "$root/dev/shm"
	mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
	ln -s pts/ptmx "$root/dev/ptmx"
	ln -s /proc/self/fd "$root/dev/fd"
	mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
	exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=xterm \
		sh -c "cd /root/trato && $command" < /dev/null
fi

[ "$(id -u)" = 0 ] || { echo "fresh-root: only root can make a root" >&2; exit 1; }
command -v debootstrap > /dev/null || apt-get install -y --no-install-recommends debootstrap
root=$(mktemp -d "/var/tmp/trato-$dist.XXXXXX")
trap 'rm -rf --one-file-system "$root"' EXIT
trap 'exit 130' HUP INT TERM

if [ ! -e "$base" ]; then
	debootstrap --variant=minbase "$dist" "$root" "$mirror" > "$base.log" 2>&1 ||
		{ tail "$base.log"; exit 1; }
	tar -C "$root" -cf "$base.new" .
	mv "$base.new" "$base"
else
	tar -C "$root" -xf "$base"
fi
chmod 755 "$root"

cp /etc/resolv.conf "$root/etc/"
cat > "$root/etc/apt/sources.list" <<-END
	deb $mirror $dist main
	deb $mirror $dist-updates main
	deb $security $dist-security main
END
apt-config dump | grep -E '^Acquire::(https?::|Check-)' > "$root/etc/apt/apt.conf.d/90mirror" || :
mkdir "$root/root/trato"
git archive HEAD | tar -C "$root/root/trato" -x

command=${2:-'apt-get -q update && apt-get -q install -y --no-install-recommends make &&
	make demo && make demo && make demo-env && make demo-stop && make demo-clean && make check'}
unshare --mount --pid --fork --kill-child --mount-proc="$root/proc" \
	"$0" "$dist" --inside "$root" "$command"
