// Envoie un événement par HTTP et affiche la réponse (net/http, SDK CloudEvents).
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	cloudevents "github.com/cloudevents/sdk-go/v2"
	cloudeventshttp "github.com/cloudevents/sdk-go/v2/protocol/http"
)

func main() {
	log.SetFlags(0)
	partner := os.Getenv("GPECT_PARTNER")
	events := os.Getenv("GPECT_GATEWAY") + "/partners/" + partner + "/events"
	limit, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	var access struct{ Secret string }
	file, err := os.ReadFile(os.Getenv("GPECT_SECRET_FILE"))
	must(err)
	must(json.Unmarshal(file, &access))
	form := strings.NewReader(url.Values{"grant_type": {"client_credentials"}}.Encode())
	request, err := http.NewRequestWithContext(limit, http.MethodPost, os.Getenv("GPECT_TOKEN_URL"), form)
	must(err)
	request.SetBasicAuth(partner, access.Secret)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var token struct {
		Bearer string `json:"access_token"`
	}
	must(json.Unmarshal(answerTo(request, http.StatusOK), &token))

	// Le SDK l'envoie en mode binaire : les attributs sont des en-têtes `Ce-…`, datacontenttype est Content-Type.
	var sent cloudevents.Event
	body, err := io.ReadAll(os.Stdin)
	must(err)
	must(json.Unmarshal(body, &sent))
	sent.SetDataContentType(cloudevents.ApplicationJSON)
	request, err = cloudeventshttp.NewHTTPRequestFromEvent(limit, events, sent)
	must(err)
	request.Header.Set("Authorization", "Bearer "+token.Bearer)
	answerTo(request, http.StatusAccepted)

	for position := int64(0); ; {
		page := fmt.Sprintf("%s?from=%d&wait=20", events, position)
		request, err = http.NewRequestWithContext(limit, http.MethodGet, page, nil)
		must(err)
		request.Header.Set("Authorization", "Bearer "+token.Bearer)
		var got struct {
			Events []struct{ Event cloudevents.Event }
			Next   int64
		}
		must(json.Unmarshal(answerTo(request, http.StatusOK), &got))
		for _, item := range got.Events {
			cause := item.Event.Extensions()["causationid"]
			if cause == sent.ID() && strings.HasPrefix(item.Event.Type(), "fr.gpect.partner.event-") {
				fmt.Printf("{\"type\": %q, \"data\": %s}\n", item.Event.Type(), item.Event.Data())
				return
			}
		}
		position = got.Next
	}
}

func answerTo(request *http.Request, wanted int) []byte {
	answer, err := http.DefaultClient.Do(request)
	must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(err)
	if answer.StatusCode != wanted {
		log.Fatalf("%s : %s", answer.Status, body)
	}
	return body
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
