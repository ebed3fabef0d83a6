#!/bin/sh
# Puts LibreOffice Calc, without a window, into .local/tools/libreoffice out of Debian's packages, for the tests that save
# files with it: `npm run libreoffice`. Needs Debian or a child of it, root, and 360 MB; installs nothing on the machine.
set -eu
to="$(cd "$(dirname "$0")/../.." && pwd)/.local/tools/libreoffice"
[ -x "$to/soffice" ] && exec "$to/soffice" --version
rm -rf "$to" && mkdir -p "$to/debs/partial" "$to/root"
apt-get update -qq
apt-get install -y -qq --no-install-recommends --download-only -o Dir::Cache::archives="$to/debs" libreoffice-calc-nogui
for package in "$to"/debs/*.deb; do dpkg-deb -x "$package" "$to/root"; done
rm -rf "$to/debs"
# What its installation would do: links and paths that name the folders of the machine name these instead.
office="$to/root/usr/lib/libreoffice"
for link in $(find "$office" -xtype l); do
  target="$to/root$(readlink "$link")"
  if [ -e "$target" ]; then ln -sfn "$target" "$link"; fi
done
cp -r "$office/share/.registry/." "$to/root/etc/libreoffice/registry/"
sed -i -e 's#file:///usr/lib/libreoffice#${ORIGIN}/..#g' -e 's#file:///etc/libreoffice#${ORIGIN}/../../../../etc/libreoffice#g' \
  "$office/program/fundamentalrc"
cat > "$to/soffice" <<RUN
#!/bin/sh
LD_LIBRARY_PATH="$office/program:$to/root/usr/lib/$(uname -m)-linux-gnu" exec "$office/program/soffice" "\$@"
RUN
chmod +x "$to/soffice"
exec "$to/soffice" --version
