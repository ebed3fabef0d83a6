"""Envoie un événement par Kafka et affiche la réponse (confluent-kafka)."""
import json
import os
import sys
import time

from confluent_kafka import Consumer, Producer

partner = os.environ["GPECT_PARTNER"]
with open(os.environ["GPECT_SECRET_FILE"]) as file:
    access = json.load(file)
connection = {
    "bootstrap.servers": os.environ["GPECT_BROKERS"],
    "security.protocol": "SASL_SSL",
    "sasl.mechanism": "SCRAM-SHA-512",
    "sasl.username": access["username"],
    "sasl.password": access["secret"],
    "ssl.ca.location": os.environ["GPECT_CA"],
}
event = json.load(sys.stdin)
data = event.pop("data")
event.pop("datacontenttype", None)

producer = Producer({**connection, "enable.idempotence": True})
producer.produce(
    f"gpect.partner.{partner}.in",
    key=event["subject"],
    value=json.dumps(data),
    headers=[(f"ce_{name}", str(value)) for name, value in event.items()]
    + [("content-type", "application/json")],
)
if producer.flush(30) > 0:
    sys.exit("l'événement n'a pas été pris par Kafka")

consumer = Consumer(
    {**connection, "group.id": f"gpect.partner.{partner}.exemple", "auto.offset.reset": "earliest"}
)
consumer.subscribe([f"gpect.partner.{partner}.out"])
deadline = time.time() + 60
while time.time() < deadline:
    message = consumer.poll(1)
    if message is None or message.error():
        continue
    headers = {name: value.decode() for name, value in message.headers()}
    if headers.get("ce_causationid") == event["id"] and headers["ce_type"].startswith("fr.gpect.partner.event-"):
        print(json.dumps({"type": headers["ce_type"], "data": json.loads(message.value())}, ensure_ascii=False))
        consumer.commit(message, asynchronous=False)
        consumer.close()
        sys.exit(0)
sys.exit("pas de réponse en 60 secondes")
