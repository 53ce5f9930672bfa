# shellcheck shell=bash
# Sourced by ./test: what the tests need from the system, installed when it is missing and that is allowed.

# missing_packages BROWSER: the Debian packages to install, one a line; those of the browser only when BROWSER is not empty.
missing_packages() {
  local libraries
  libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
  [[ $libraries == *libsqlite3.so.0* ]] || echo libsqlite3-0
  [[ $libraries == *libsodium.so.* ]] || echo libsodium23
  has_file '/usr/lib/postgresql/*/bin/initdb' || has_program initdb || echo postgresql
  has_program pdftotext || echo poppler-utils
  has_program qpdf || echo qpdf
  [[ $1 ]] || return 0
  chromium_path >/dev/null || echo chromium
  has_file '/usr/share/fonts/*/inter/*' || echo fonts-inter
  has_file '/usr/share/fonts/*/noto/NotoSans-Regular*' || echo fonts-noto-core
}

# install_packages LOG PACKAGE…: by apt, as root or by a sudo that asks nothing; otherwise one line and the end.
install_packages() {
  local log=$1 as_root=()
  shift
  if [[ $(id -u) -ne 0 ]]; then as_root=(sudo -n); fi
  if ! has_program apt-get || ! "${as_root[@]}" true 2>/dev/null; then
    echo "test: please install these packages first: apt-get install $*" >&2
    exit 1
  fi
  if ! apt_install "$@" >"$log" 2>&1 </dev/null; then
    tail -n 5 "$log" >&2
    echo "test: apt-get could not install $*; all of its output is in $log." >&2
    exit 1
  fi
}

# Debian makes and starts a PostgreSQL server with the package unless told not to; the tests start their own.
apt_install() {
  local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends)
  "${as_root[@]}" apt-get update -q || return
  if [[ " $* " == *' postgresql '* ]]; then
    "${install[@]}" postgresql-common || return
    "${as_root[@]}" pg_conftool /etc/postgresql-common/createcluster.conf set create_main_cluster false || return
  fi
  "${install[@]}" "$@"
}

# Google's and Ubuntu's names count too.
chromium_path() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

has_program() { command -v "$1" >/dev/null; }

has_file() { compgen -G "$1" >/dev/null; }
