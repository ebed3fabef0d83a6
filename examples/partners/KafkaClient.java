import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Envoie un événement par Kafka et affiche la réponse (kafka-clients). */
public class KafkaClient {
  public static void main(String[] arguments) throws Exception {
    String partner = System.getenv("GPECT_PARTNER");
    String access = Files.readString(Path.of(System.getenv("GPECT_SECRET_FILE")));
    Map<String, Object> connection = new HashMap<>();
    connection.put("bootstrap.servers", System.getenv("GPECT_BROKERS"));
    connection.put("security.protocol", "SASL_SSL");
    connection.put("sasl.mechanism", "SCRAM-SHA-512");
    connection.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
            + text(access, "username") + "\" password=\"" + text(access, "secret") + "\";");
    connection.put("ssl.truststore.type", "PEM");
    connection.put("ssl.truststore.location", System.getenv("GPECT_CA"));

    String event = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    String id = text(event, "id");
    try (var producer = new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
      var record = new ProducerRecord<>("gpect.partner." + partner + ".in", text(event, "subject"), data(event));
      for (String name : List.of("specversion", "id", "source", "type", "subject", "time"))
        record.headers().add("ce_" + name, text(event, name).getBytes(StandardCharsets.UTF_8));
      record.headers().add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
      producer.send(record).get();
    }

    connection.put("group.id", "gpect.partner." + partner + ".exemple-java");
    connection.put("auto.offset.reset", "earliest");
    try (var consumer = new KafkaConsumer<>(connection, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("gpect.partner." + partner + ".out"));
      long deadline = System.currentTimeMillis() + 60_000;
      while (System.currentTimeMillis() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          String type = header(record, "ce_type");
          if (id.equals(header(record, "ce_causationid")) && type.startsWith("fr.gpect.partner.event-")) {
            System.out.println("{\"type\": \"" + type + "\", \"data\": " + record.value() + "}");
            return;
          }
        }
      }
    }
    System.err.println("pas de réponse en 60 secondes");
    System.exit(1);
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Un attribut de texte ; un vrai client emploie sa bibliothèque JSON. */
  private static String text(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    if (!found.find()) throw new IllegalArgumentException("il manque " + name);
    return found.group(1);
  }

  /** L'objet `data`, le dernier attribut de l'événement. */
  private static String data(String event) {
    int begin = event.indexOf('{', event.indexOf("\"data\""));
    return event.substring(begin, event.lastIndexOf('}')).trim();
  }
}
