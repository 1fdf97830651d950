# shellcheck shell=bash
# What ./start and ./check share: packages, the number of jobs, the release build, the web build. Sourced by bash from the
# repository's root; every function may be called again and then does only what is missing.

# Lines for people go to standard output; `note` marks those that report no result.
note() { printf '%s\n' "$*"; }

# Runs "$@" quietly; its output is shown only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then
    rm -f "$log"
    return 0
  fi
  tail -n 40 "$log" >&2
  rm -f "$log"
  return 1
}

# As root, or through sudo.
as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo --preserve-env=DEBIAN_FRONTEND "$@"
  else
    note "packages are missing and neither root nor sudo is at hand, expected one of them: $*" >&2
    return 1
  fi
}

is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Node 18.13 or newer with npm: Debian's own when there is no other.
node_is_there() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 18 || (a === 18 && b >= 13) ? 0 : 1)'
}

# install_packages build|check: the packages of tools/packages.txt that are missing; `check` includes `build`.
install_packages() {
  local wanted=$1 kind package
  local missing=()
  while read -r kind package; do
    [[ $kind == build || ($kind == check && $wanted == check) ]] || continue
    is_installed "$package" || missing+=("$package")
  done <tools/packages.txt
  node_is_there || missing+=(nodejs npm)
  [[ ${#missing[@]} -eq 0 ]] && return 0
  if ! command -v apt-get >/dev/null; then
    note "packages are missing and there is no apt-get, expected Debian 12 or these by hand: ${missing[*]}" >&2
    return 1
  fi
  note "installing ${#missing[@]} packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  quietly as_root apt-get update -qq &&
    quietly as_root apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Compilers at once: one per processor, but not more than memory holds at 1.5 GB each.
jobs() {
  local processors memory
  processors=$(nproc)
  memory=$(awk '/^MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo)
  ((memory < 1)) && memory=1
  echo $((processors < memory ? processors : memory))
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  cmake --preset "$preset" -Wno-dev && cmake --build --preset "$preset" -j "$(jobs)" ${1:+--target "$@"}
}

# What the lock file says, unless web/node_modules is that already. Some npm versions write lock files without the packages
# of other platforms, and their own `npm ci` then refuses them; `npm install` takes the same versions from the same file.
install_web() {
  local stamp=web/node_modules/.meno-lock wanted
  wanted=$(sha256sum <web/package-lock.json)
  [[ -f $stamp && $(<"$stamp") == "$wanted" ]] && return 0
  local quiet=(--no-audit --no-fund --loglevel=error)
  { npm --prefix web ci "${quiet[@]}" 2>/dev/null || npm --prefix web install --no-save "${quiet[@]}"; } && echo "$wanted" >"$stamp"
}

build_web() {
  install_web && npm --prefix web run build
}

# One line that changes when any source of the program or of the page does.
source_stamp() {
  find CMakeLists.txt CMakePresets.json cmake apps src content web/src web/public web/*.json web/*.ts web/index.html \
    -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort | sha256sum
}
