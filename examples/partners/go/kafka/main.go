// Envoie un événement par Kafka et affiche la réponse (franz-go).
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

func main() {
	log.SetFlags(0)
	partner := os.Getenv("GPECT_PARTNER")
	var access struct{ Username, Secret string }
	must(json.Unmarshal(read(os.Open(os.Getenv("GPECT_SECRET_FILE"))), &access))
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(read(os.Open(os.Getenv("GPECT_CA"))))

	client, err := kgo.NewClient(
		kgo.SeedBrokers(strings.Split(os.Getenv("GPECT_BROKERS"), ",")...),
		kgo.DialTLSConfig(&tls.Config{RootCAs: trusted}),
		kgo.SASL(scram.Auth{User: access.Username, Pass: access.Secret}.AsSha512Mechanism()),
		kgo.ConsumerGroup("gpect.partner."+partner+".exemple-go"),
		kgo.ConsumeTopics("gpect.partner."+partner+".out"),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
	)
	must(err)
	defer client.Close()
	limit, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	// Les attributs deviennent des en-têtes, `data` la valeur, `subject` la clé.
	var event map[string]json.RawMessage
	must(json.Unmarshal(read(os.Stdin, nil), &event))
	record := &kgo.Record{
		Topic:   "gpect.partner." + partner + ".in",
		Key:     []byte(text(event["subject"])),
		Value:   event["data"],
		Headers: []kgo.RecordHeader{{Key: "content-type", Value: []byte("application/json")}},
	}
	for name, value := range event {
		if name != "data" && name != "datacontenttype" {
			record.Headers = append(record.Headers, kgo.RecordHeader{Key: "ce_" + name, Value: []byte(text(value))})
		}
	}
	must(client.ProduceSync(limit, record).FirstErr())

	for id := text(event["id"]); ; {
		fetches := client.PollFetches(limit)
		if limit.Err() != nil {
			log.Fatal("pas de réponse en 60 secondes")
		}
		for _, fault := range fetches.Errors() {
			log.Printf("%s : %v", fault.Topic, fault.Err)
		}
		for _, answer := range fetches.Records() {
			headers := map[string]string{}
			for _, header := range answer.Headers {
				headers[header.Key] = string(header.Value)
			}
			if headers["ce_causationid"] == id && strings.HasPrefix(headers["ce_type"], "fr.gpect.partner.event-") {
				fmt.Printf("{\"type\": %q, \"data\": %s}\n", headers["ce_type"], answer.Value)
				return
			}
		}
	}
}

// Le texte d'un attribut.
func text(attribute json.RawMessage) string {
	var said string
	must(json.Unmarshal(attribute, &said))
	return said
}

func read(from io.ReadCloser, err error) []byte {
	must(err)
	defer from.Close()
	all, err := io.ReadAll(from)
	must(err)
	return all
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
