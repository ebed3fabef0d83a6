<?php
// Envoie un événement par Kafka et affiche la réponse (PHP 8 : librdkafka par ext-ffi, sans extension à compiler).
// Avec l'extension php-rdkafka, qui appelle les mêmes fonctions, la configuration est la même.
declare(strict_types=1);

const PRODUCER = 0, CONSUMER = 1;
// Étiquettes des arguments de rd_kafka_producev.
const END = 0, TOPIC = 1, VALUE = 4, KEY = 5, FLAGS = 7, HEADER = 9;
const COPY = 2;

$kafka = FFI::cdef('
    typedef struct rd_kafka_s rd_kafka_t;
    typedef struct rd_kafka_conf_s rd_kafka_conf_t;
    typedef struct rd_kafka_headers_s rd_kafka_headers_t;
    typedef struct rd_kafka_topic_partition_list_s rd_kafka_topic_partition_list_t;
    typedef struct { int err; void *rkt; int32_t partition; char *payload; size_t len; char *key; size_t key_len;
                     int64_t offset; void *_private; } rd_kafka_message_t;
    rd_kafka_conf_t *rd_kafka_conf_new(void);
    int rd_kafka_conf_set(rd_kafka_conf_t *, const char *name, const char *value, char *errstr, size_t size);
    rd_kafka_t *rd_kafka_new(int type, rd_kafka_conf_t *, char *errstr, size_t size);
    int rd_kafka_producev(rd_kafka_t *, ...);
    int rd_kafka_flush(rd_kafka_t *, int timeout_ms);
    const char *rd_kafka_err2str(int err);
    rd_kafka_topic_partition_list_t *rd_kafka_topic_partition_list_new(int size);
    void rd_kafka_topic_partition_list_destroy(rd_kafka_topic_partition_list_t *);
    void *rd_kafka_topic_partition_list_add(rd_kafka_topic_partition_list_t *, const char *topic, int32_t partition);
    int rd_kafka_subscribe(rd_kafka_t *, const rd_kafka_topic_partition_list_t *);
    rd_kafka_message_t *rd_kafka_consumer_poll(rd_kafka_t *, int timeout_ms);
    int rd_kafka_message_headers(const rd_kafka_message_t *, rd_kafka_headers_t **);
    int rd_kafka_header_get_last(const rd_kafka_headers_t *, const char *name, const char **value, size_t *size);
    int rd_kafka_commit_message(rd_kafka_t *, const rd_kafka_message_t *, int async);
    void rd_kafka_message_destroy(rd_kafka_message_t *);
    void rd_kafka_destroy(rd_kafka_t *);
', getenv('GPECT_LIBRDKAFKA') ?: 'librdkafka.so.1');

function fail(string $reason): never
{
    fwrite(STDERR, $reason . PHP_EOL);
    exit(1);
}

function check(int $error): void
{
    global $kafka;
    if ($error !== 0) fail($kafka->rd_kafka_err2str($error));
}

function open(int $type, array $settings): FFI\CData
{
    global $kafka;
    $why = FFI::new('char[512]');
    $conf = $kafka->rd_kafka_conf_new();
    foreach ($settings as $name => $value)
        if ($kafka->rd_kafka_conf_set($conf, $name, $value, $why, 512) !== 0) fail(FFI::string($why));
    $handle = $kafka->rd_kafka_new($type, $conf, $why, 512) ?? fail(FFI::string($why));
    // Ses fils d'exécution finissent avant que PHP ne ferme la bibliothèque.
    register_shutdown_function(fn () => $kafka->rd_kafka_destroy($handle));
    return $handle;
}

function header_of(FFI\CData $message, string $name): ?string
{
    global $kafka;
    $headers = $kafka->new('rd_kafka_headers_t *');
    $value = $kafka->new('const char *');
    $size = $kafka->new('size_t');
    if ($kafka->rd_kafka_message_headers($message, FFI::addr($headers)) !== 0) return null;
    $found = $kafka->rd_kafka_header_get_last($headers, $name, FFI::addr($value), FFI::addr($size)) === 0;
    return $found ? FFI::string($value, $size->cdata) : null;
}

$partner = getenv('GPECT_PARTNER');
$access = json_decode(file_get_contents(getenv('GPECT_SECRET_FILE')), flags: JSON_THROW_ON_ERROR);
$connection = [
    'bootstrap.servers' => getenv('GPECT_BROKERS'),
    'security.protocol' => 'SASL_SSL',
    'sasl.mechanism' => 'SCRAM-SHA-512',
    'sasl.username' => $access->username,
    'sasl.password' => $access->secret,
    'ssl.ca.location' => getenv('GPECT_CA'),
];
$event = json_decode(stream_get_contents(STDIN), flags: JSON_THROW_ON_ERROR);
$data = json_encode($event->data, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION);

$headers = [HEADER, 'content-type', 'application/json', strlen('application/json')];
foreach ($event as $name => $value)
    if (!in_array($name, ['data', 'datacontenttype'], true))
        array_push($headers, HEADER, "ce_$name", (string) $value, strlen((string) $value));
$producer = open(PRODUCER, $connection + ['enable.idempotence' => 'true']);
check($kafka->rd_kafka_producev(
    $producer,
    ...[TOPIC, "gpect.partner.$partner.in", FLAGS, COPY, KEY, $event->subject, strlen($event->subject)],
    ...[VALUE, $data, strlen($data), ...$headers, END],
));
check($kafka->rd_kafka_flush($producer, 30_000));

$reading = ['group.id' => "gpect.partner.$partner.exemple-php", 'auto.offset.reset' => 'earliest'];
$consumer = open(CONSUMER, $connection + $reading);
$topics = $kafka->rd_kafka_topic_partition_list_new(1);
$kafka->rd_kafka_topic_partition_list_add($topics, "gpect.partner.$partner.out", -1);
check($kafka->rd_kafka_subscribe($consumer, $topics));
$kafka->rd_kafka_topic_partition_list_destroy($topics);
for ($deadline = time() + 60; time() < $deadline;) {
    $message = $kafka->rd_kafka_consumer_poll($consumer, 1000);
    if ($message === null) continue;
    $type = $message->err === 0 ? header_of($message, 'ce_type') : null;
    if ($type !== null && str_starts_with($type, 'fr.gpect.partner.event-') && header_of($message, 'ce_causationid') === $event->id) {
        $answer = json_decode(FFI::string($message->payload, $message->len), flags: JSON_THROW_ON_ERROR);
        echo json_encode(['type' => $type, 'data' => $answer], JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
        check($kafka->rd_kafka_commit_message($consumer, $message, 0));
        $kafka->rd_kafka_message_destroy($message);
        exit(0);
    }
    $kafka->rd_kafka_message_destroy($message);
}
fail('pas de réponse en 60 secondes');
