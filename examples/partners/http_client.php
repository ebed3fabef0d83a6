<?php
// Envoie un événement par HTTP et affiche la réponse (PHP 8, ext-curl).
declare(strict_types=1);

function ask(string $url, array $options): array
{
    $request = curl_init($url);
    curl_setopt_array($request, $options + [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 60]);
    $body = curl_exec($request);
    if ($body === false) exit_with(curl_error($request));
    return [curl_getinfo($request, CURLINFO_RESPONSE_CODE), $body];
}

function exit_with(string $reason): never
{
    fwrite(STDERR, $reason . PHP_EOL);
    exit(1);
}

$partner = getenv('GPECT_PARTNER');
$events = getenv('GPECT_GATEWAY') . "/partners/$partner/events";
$access = json_decode(file_get_contents(getenv('GPECT_SECRET_FILE')), flags: JSON_THROW_ON_ERROR);
[$status, $body] = ask(getenv('GPECT_TOKEN_URL'), [
    CURLOPT_USERPWD => "$partner:$access->secret",
    CURLOPT_POSTFIELDS => 'grant_type=client_credentials',
]);
if ($status !== 200) exit_with($body);
$bearer = 'Authorization: Bearer ' . json_decode($body, flags: JSON_THROW_ON_ERROR)->access_token;

$sent = json_decode(stream_get_contents(STDIN), flags: JSON_THROW_ON_ERROR);
[$status, $body] = ask($events, [
    CURLOPT_HTTPHEADER => [$bearer, 'Content-Type: application/cloudevents+json; charset=utf-8'],
    CURLOPT_POSTFIELDS => json_encode($sent, JSON_THROW_ON_ERROR),
]);
if ($status !== 202) exit_with($body);

$position = 0;
for ($deadline = time() + 60; time() < $deadline;) {
    [$status, $body] = ask("$events?from=$position&wait=20", [CURLOPT_HTTPHEADER => [$bearer]]);
    if ($status !== 200) exit_with($body);
    $page = json_decode($body, flags: JSON_THROW_ON_ERROR);
    foreach ($page->events as $item) {
        $event = $item->event;
        $causes = ($event->causationid ?? null) === $sent->id;
        if ($causes && str_starts_with($event->type, 'fr.gpect.partner.event-')) {
            echo json_encode(['type' => $event->type, 'data' => $event->data], JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
            exit(0);
        }
    }
    $position = $page->next;
}
exit_with('pas de réponse en 60 secondes');
