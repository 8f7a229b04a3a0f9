# Ends the test server when none of the processes that use it is alive any more, however they ended.
# $1 is the shared folder, the rest is the command that stops the server.
# The address is taken away before looking once more, and a newcomer signs in before reading the address:
# so either the newcomer is seen here, or it finds no address and starts a server of its own.
folder=$1
shift
in_use() {
    for user in "$folder"/users/*; do
        if kill -0 "${user##*/}" 2>/dev/null; then return 0; fi
        rm -f "$user"
    done
    return 1
}
idle=0
while [ "$idle" -lt 3 ]; do
    sleep 1
    [ -e "$folder/url" ] || exit 0
    if in_use; then idle=0; else idle=$((idle + 1)); fi
    if [ "$idle" -ge 3 ]; then
        mv "$folder/url" "$folder/url.ending" || exit 0
        if in_use; then mv "$folder/url.ending" "$folder/url"; idle=0; fi
    fi
done
"$@"
rm -rf "$folder/cluster" "$folder/url.ending"
