# Read by backup and restore: the database of DATABASE_URL, and where things are. Not run by itself.

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

require() {
    for tool in "$@"; do
        command -v "$tool" >/dev/null || fail "$tool is missing (Debian: apt install postgresql-client)."
    done
}

# Arguments of a process can be read by everybody on the machine, so the password goes by the environment.
hide_password() {
    local before=${DATABASE_URL%@*} after=${DATABASE_URL##*@} encoded
    case "${before#*://}" in *:*) ;; *) return 0 ;; esac
    [ "$before" != "$DATABASE_URL" ] || return 0
    encoded=${before##*:}
    PGPASSWORD=$(printf '%b' "${encoded//%/\\x}")
    export PGPASSWORD
    DATABASE_URL=${before%:*}@$after
}

case "${DATABASE_URL:-}" in
    postgres://* | postgresql://*) hide_password ;;
    *) fail "DATABASE_URL must be postgres://user:password@host/name." ;;
esac
# The default of the settings: .data in the project.
media=${DREAMKAST_DATA_DIR:-$(dirname "$here")/.data}/media
export PGCONNECT_TIMEOUT=10
