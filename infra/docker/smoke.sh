#!/usr/bin/env bash
# While the compose stack is up and its sample is loaded: compares the bilan with its truth, number by number, and goes in and out
# by the endpoint of the partners.
set -euo pipefail
docker compose run --rm --no-deps -T --entrypoint node bilan --input-type=module -e '
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { ApiClient, SERVICES } from "/repo/infra/programme/dist/api-client.js";
import { fetchBilan, inTruthShape } from "/repo/infra/programme/dist/bilan.js";
import { caughtUp } from "/repo/infra/programme/dist/caught-up.js";
const api = new ApiClient(Object.fromEntries(["issuer", ...SERVICES].map((n) => [n, process.env[n.toUpperCase().replaceAll("-", "_") + "_URL"]])));
await caughtUp(api);
const same = isDeepStrictEqual(inTruthShape(await fetchBilan(api, "npdc-2007-2013")), JSON.parse(readFileSync("/data/truth.json", "utf8")));
console.log(same ? "the bilan from containers equals truth.json" : "the bilan from containers DIFFERS from truth.json");
process.exit(same ? 0 : 1);
'

# People can sign in: the pages know their provider by its own address, and send browsers there.
curl -sf -o /dev/null http://127.0.0.1:4012/health/ready
curl -s -o /dev/null -w '%{redirect_url}' http://127.0.0.1:4012/sign-in | grep -q '^http://127.0.0.1:4000/authorize?'
echo "the pages send people to sign in"

# A partner's hour, from containers: the kit gives an event and finds it right, the event goes by SCRAM and TLS and is answered.
docker compose --profile tools build -q partner-kit
docker compose run --rm --no-deps -T partners --dry-run
event=$(docker compose run --rm -T partner-kit samples --partner opca-a --type fr.gpect.partner.spend-line-sent.v1)
docker compose run --rm -T partner-kit check --partner opca-a - <<<"$event"
broker=$(docker compose ps -q kafka)
issuer=$(docker compose ps -q issuer)
admin=$(docker inspect "$(docker compose ps -aq partners)" --format '{{.Image}}')
docker run --rm -i --network "container:$broker" --volumes-from "$broker:ro" --volumes-from "$issuer:ro" \
  "$admin" node partner-by-scram.mjs opca-a opca-b <<<"$event"

# The catalogue says what that event means, and gives the kit.
page=$(docker compose exec -T catalogue curl -sf http://127.0.0.1/events/partner/spend-line-sent-v1.html)
grep -q "Exemple" <<<"$page"
docker compose exec -T catalogue curl -sf -o /dev/null http://127.0.0.1/gpect-partner-kit.tgz
echo "the catalogue is served"
