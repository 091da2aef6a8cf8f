#!/bin/sh
# Makes .venv what requirements/dev.txt says, and does nothing where it already is. VENV and LIST choose others.
# Called by the Makefile; needs a Python >= 3.11 and nothing else. PYTHON chooses another one than found here.
set -eu
cd "$(dirname "$0")/.."

LIST=${LIST:-requirements/dev.txt}
VENV=${VENV:-.venv}
MATERIALX_LIST=requirements/materialx.txt
MATERIALX=$VENV/materialx
STAMP=$VENV/.made-from

say() { printf '%s\n' "$*" >&2; }
fail() {
    say ""
    for line in "$@"; do say "$line"; done
    exit 1
}

# "3.12" for a Python that is new enough; nothing for one that is too old or does not run.
version_of() {
    "$1" -c 'import sys; sys.version_info >= (3, 11) and print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3 python3.13 python3.12 python3.11 python
    fi
    for candidate in "$@"; do
        if [ -n "$(version_of "$candidate")" ]; then
            printf '%s' "$candidate"
            return
        fi
    done
    fail "This project needs Python 3.11 or newer; tried and found older or missing: $*." \
        "Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python)," \
        "or name yours: make PYTHON=/path/to/python3"
}

sum() { cksum <"$1" | tr ' ' '-'; }

# What the editable install depends on: entry points, and the version number.
package_key() { cat pyproject.toml plugins/mkdocs_incidents/__init__.py | cksum; }

# What the environment depends on: its Python, this machine, this folder (paths are written into it), the lists.
key() { printf '%s %s %s %s %s' "$1" "$(uname -sm)" "$(sum "$LIST")" "$(sum "$MATERIALX_LIST")" "$PWD"; }

make_venv() {
    python=$(choose_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null || fail \
        "$python cannot make virtual environments: its 'venv' module is missing." \
        "On Debian and Ubuntu: apt install python3-venv. Then run the same command again."
    say "Making $VENV with Python $(version_of "$python") from the pinned list: once, a minute or so …"
    rm -rf "$VENV"
    "$python" -m venv "$VENV" || fail "$python -m venv $VENV failed; what it said stands above."
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-input --no-compile --require-hashes -r "$LIST" || fail \
        "The pinned packages could not be installed; what pip said stands above." \
        "If the network was the reason, run the same command again: it starts over cleanly."
    make_materialx
    key "$(version_of "$VENV/bin/python")" >"$STAMP"
}

# A second environment that has mkdocs-materialx, and all else from the first: the two themes are packages of one name.
make_materialx() {
    "$VENV/bin/python" -m venv --without-pip "$MATERIALX"
    site_packages() { "$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }
    site_packages "$VENV" >"$(site_packages "$MATERIALX")/first-environment.pth"
    "$VENV/bin/python" -m pip --python "$MATERIALX/bin/python" install -qq --disable-pip-version-check --no-input \
        --no-compile --require-hashes -r "$MATERIALX_LIST" || fail \
        "The theme mkdocs-materialx could not be installed; what pip said stands above."
}

install_package() {
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-build-isolation \
        --editable . || fail "The package itself could not be installed; what pip said stands above."
    package_key >"$STAMP.package"
}

current=$(version_of "$VENV/bin/python")
wanted=$current
if [ -n "${PYTHON:-}" ]; then
    python=$(choose_python)
    wanted=$(version_of "$python")
fi
if [ -z "$current" ] || [ "$wanted" != "$current" ] ||
    [ "$(cat "$STAMP" 2>/dev/null)" != "$(key "$current")" ]; then
    make_venv
    install_package
    say "$VENV is ready."
elif [ "$(cat "$STAMP.package" 2>/dev/null)" != "$(package_key)" ]; then
    install_package
fi
