"""Envoie un événement par HTTP et affiche la réponse (requests, cloudevents)."""
import json
import os
import sys
import time

import requests
from cloudevents.conversion import to_structured
from cloudevents.http import CloudEvent

partner = os.environ["GPECT_PARTNER"]
events = f"{os.environ['GPECT_GATEWAY']}/partners/{partner}/events"
with open(os.environ["GPECT_SECRET_FILE"]) as file:
    access = json.load(file)
answer = requests.post(
    os.environ["GPECT_TOKEN_URL"],
    auth=(partner, access["secret"]),
    data={"grant_type": "client_credentials"},
    timeout=30,
)
answer.raise_for_status()
bearer = {"authorization": f"Bearer {answer.json()['access_token']}"}

sent = json.load(sys.stdin)
data = sent.pop("data")
headers, body = to_structured(CloudEvent(sent, data))
answer = requests.post(events, data=body, headers={**headers, **bearer}, timeout=30)
if answer.status_code != 202:
    sys.exit(answer.text)

position, deadline = 0, time.time() + 60
while time.time() < deadline:
    got = requests.get(events, params={"from": position, "wait": 20}, headers=bearer, timeout=60)
    got.raise_for_status()
    for item in got.json()["events"]:
        event = item["event"]
        if event.get("causationid") == sent["id"] and event["type"].startswith("fr.gpect.partner.event-"):
            print(json.dumps({"type": event["type"], "data": event["data"]}, ensure_ascii=False))
            sys.exit(0)
    position = got.json()["next"]
sys.exit("pas de réponse en 60 secondes")
