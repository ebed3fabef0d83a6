import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes as Java programs do: BROKER TOPIC, then how: a codec, or `transactions` (one that is given up, one that is not). */
public class Produce {
  public static void main(String[] arguments) throws Exception {
    String topic = arguments[1];
    String how = arguments[2];
    boolean transactions = how.equals("transactions");
    Map<String, Object> settings =
        new java.util.HashMap<>(
            Map.of(
                "bootstrap.servers", arguments[0],
                "batch.size", 900_000,
                "linger.ms", 500,
                "compression.type", transactions ? "snappy" : how));
    if (transactions) settings.put("transactional.id", "test");
    try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      if (transactions) {
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, topic, "given-up");
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
      }
      for (int i = 0; i < 4; i++) send(producer, topic, how + "-" + i);
      if (transactions) producer.commitTransaction();
    }
  }

  private static void send(KafkaProducer<String, String> producer, String topic, String id) {
    // Several blocks of any codec.
    var record = new ProducerRecord<>(topic, "key", "Une entreprise de plus. ".repeat(8000));
    record.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
    record.headers().add("nothing", null);
    producer.send(record);
  }
}
