# Sourced by ./livedub and ./test: a JDK 17 or newer and Maven, from Debian if they are missing.

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# install_debian PACKAGE... : installs what is missing, as root on Debian; otherwise fails.
install_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  printf 'Installing from Debian: %s\n' "$*" >&2
  # Packages that bring a daemon must not start it.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  apt-get update -qq >&2 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

java_major() {
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

ensure_java() {
  major=$(java_major 2>/dev/null || true)
  if [ "${major:-0}" -lt 17 ] || { [ "${1:-}" = jdk ] && ! command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac" >/dev/null 2>&1; }; then
    unset JAVA_HOME
    install_debian openjdk-17-jdk-headless ||
      die "livedub needs a JDK 17 or newer (found: ${major:-none}). On Debian: apt-get install openjdk-17-jdk-headless"
  fi
}

ensure_build_tools() {
  ensure_java jdk
  command -v mvn >/dev/null 2>&1 || install_debian maven ||
    die "livedub needs Maven 3.8.6 or newer to build itself. On Debian: apt-get install maven"
}
