// Writes records to Kafka as foreign programs do (franz-go): what to write comes as JSON on standard input.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"log"
	"os"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

type order struct {
	Broker, Authority, Username, Secret, Topic string
	// Codec: none, gzip, snappy, lz4, zstd; franz-go's own choice where it is empty.
	Codec string
	// Transaction is an id, where the records are written in one; GiveUp ends it without them.
	Transaction string
	GiveUp      bool
	Records     []struct {
		// Bytes are base64; null is Kafka's null.
		Key, Value *[]byte
		Headers    []struct {
			Name  string
			Value *[]byte
		}
	}
}

var codecs = map[string]kgo.CompressionCodec{
	"none": kgo.NoCompression(), "gzip": kgo.GzipCompression(), "snappy": kgo.SnappyCompression(),
	"lz4": kgo.Lz4Compression(), "zstd": kgo.ZstdCompression(),
}

func main() {
	log.SetFlags(0)
	var order order
	must(json.NewDecoder(os.Stdin).Decode(&order))
	authority, err := os.ReadFile(order.Authority)
	must(err)
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(authority)
	options := []kgo.Opt{
		kgo.SeedBrokers(order.Broker),
		kgo.DialTLSConfig(&tls.Config{RootCAs: trusted}),
		kgo.SASL(scram.Auth{User: order.Username, Pass: order.Secret}.AsSha512Mechanism()),
		kgo.DefaultProduceTopic(order.Topic),
	}
	if order.Codec != "" {
		options = append(options, kgo.ProducerBatchCompression(codecs[order.Codec]))
	}
	if order.Transaction != "" {
		options = append(options, kgo.TransactionalID(order.Transaction))
	}
	client, err := kgo.NewClient(options...)
	must(err)
	defer client.Close()
	limit, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	var records []*kgo.Record
	for _, one := range order.Records {
		record := &kgo.Record{Key: bytesOf(one.Key), Value: bytesOf(one.Value)}
		for _, header := range one.Headers {
			record.Headers = append(record.Headers, kgo.RecordHeader{Key: header.Name, Value: bytesOf(header.Value)})
		}
		records = append(records, record)
	}
	if order.Transaction != "" {
		must(client.BeginTransaction())
	}
	must(client.ProduceSync(limit, records...).FirstErr())
	if order.Transaction != "" {
		must(client.EndTransaction(limit, kgo.TransactionEndTry(!order.GiveUp)))
	}
}

func bytesOf(given *[]byte) []byte {
	if given == nil {
		return nil
	}
	return append([]byte{}, *given...)
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
