/**
 * What a hostile caller and his observer need on the tests' Asterisk: a SIP endpoint that trusts whatever identity it is
 * told, a sender of SIP requests written by hand, and a manager account that sees everything. Added to a running one.
 */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { createAmiReader, field, writeAction } from '../../../sync-service/telephone-system/asterisk/ami-message';
import type { AmiFields, AmiMessage } from '../../../sync-service/telephone-system/asterisk/ami-message';
import { until } from './office';
import type { Pbx } from './pbx';

/** Signs nobody in and takes number and name from P-Asserted-Identity, as a line to the world is often set up. */
const endpoint = `
[open](phone)
trust_id_inbound = yes
aors = open
[open](aor)
`;
const account = `
[observer]
secret = @SECRET@
permit = 127.0.0.1/255.255.255.255
read = all
write = all
`;
/** Sends what it is given, acknowledges an answer, and agrees to everything. */
const sender = String.raw`
use strict; use IO::Socket::INET;
open(my $file, '<:raw', 'invite') or die; local $/; my $invite = <$file>;
my $socket = IO::Socket::INET->new(Proto => 'udp', PeerAddr => '127.0.0.1:5060', LocalAddr => '127.0.0.1') or die;
my $port = $socket->sockport; $invite =~ s/\@PORT\@/$port/g;
$socket->send($invite); alarm 60;
while (defined $socket->recv(my $got, 65535)) {
  my $line = (split /\r\n/, $got)[0]; print "$line\n";
  my %h; for (split /\r\n/, $got) { $h{lc $1} = $_ if /^([\w-]+):/ && !$h{lc $1} }
  if ($got =~ /^SIP\/2.0 [2-6]/ && $h{cseq} =~ /INVITE/) {
    my ($uri) = $invite =~ /^INVITE (\S+)/; my ($via) = $invite =~ /^(Via: .*?)\r\n/m; my ($from) = $invite =~ /^(From: .*?)\r\n/ms;
    $via =~ s/branch=\w+/branch=z9hG4bKack$port/ if $got =~ /^SIP\/2.0 2/;
    $socket->send("ACK $uri SIP/2.0\r\n$via\r\n$from\r\n$h{to}\r\n$h{'call-id'}\r\nCSeq: 1 ACK\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
  } elsif ($got =~ /^(BYE|INVITE|UPDATE|OPTIONS)/) {
    $socket->send("SIP/2.0 200 OK\r\n$h{via}\r\n$h{from}\r\n$h{to}\r\n$h{'call-id'}\r\n$h{cseq}\r\nContent-Length: 0\r\n\r\n");
    exit if $1 eq 'BYE';
  }
}
`;

/** Headers of a caller; raw text, one letter a byte (latin1), so that broken UTF-8 can be sent. */
export interface HostileCall {
  /** Whom he calls: user part of the request's address, as on the wire. */
  readonly to: string;
  /** Between quotation marks. */
  readonly name?: string;
  /** User part of the asserted address, as on the wire. */
  readonly number?: string;
}

export interface HostileWorld {
  /** Everything the observer has seen, in order. */
  readonly seen: AmiMessage[];
  /** Rings somebody up; resolves with what the sender was told so far. */
  call(call: HostileCall): Promise<() => Promise<string>>;
  /** Somebody has the secret of the manager account, and says what the service would never say. */
  readonly action: Manager['action'];
  close(): void;
}

export async function startHostileWorld(pbx: Pbx): Promise<HostileWorld> {
  const root = dirname(dirname(pbx.celFile));
  await appendFile(join(root, 'etc/pjsip.conf'), endpoint);
  await appendFile(join(root, 'etc/manager.conf'), account.replace('@SECRET@', pbx.secret));
  await pbx.console('manager reload');
  await pbx.console('module reload res_pjsip.so');
  const seen: AmiMessage[] = [];
  const manager = await openManager(pbx, 'observer', (event) => seen.push(event));
  let calls = 0;
  return {
    seen,
    async call({ to, name, number = '+49301234567' }) {
      const id = `hostile${++calls}`;
      const body =
        'v=0\r\no=x 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 8\r\n';
      const display = name === undefined ? '' : `"${name}" `;
      const invite = [
        `INVITE sip:${to}@127.0.0.1:5060 SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:@PORT@;rport;branch=z9hG4bK${id}`,
        `From: ${display}<sip:open@127.0.0.1>;tag=${id}`,
        `To: <sip:${to}@127.0.0.1>`,
        `P-Asserted-Identity: ${display}<sip:${number}@127.0.0.1>`,
        `Contact: <sip:open@127.0.0.1:@PORT@>`,
        `Call-ID: ${id}`,
        'CSeq: 1 INVITE',
        'Max-Forwards: 70',
        'Content-Type: application/sdp',
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n');
      await mkdir(join(root, id), { recursive: true });
      await writeFile(join(root, id, 'invite'), invite, 'latin1');
      return pbx.startProgram(id, 'perl', ['sender.pl'], { 'sender.pl': sender });
    },
    action: (name, fields) => manager.action(name, fields),
    close: () => manager.close(),
  };
}

export interface Manager {
  /** Resolves with Asterisk's answer, also where it refuses. */
  action(name: string, fields?: AmiFields): Promise<AmiMessage>;
  close(): void;
}

/** A manager connection without any of the adapter's care. */
export async function openManager(
  pbx: Pbx,
  user: string,
  onEvent: (event: AmiMessage) => void = () => undefined,
): Promise<Manager> {
  const socket = connect(pbx.line.port, '127.0.0.1');
  const reader = createAmiReader();
  const answers = new Map<string, AmiMessage>();
  let ids = 0;
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    for (const message of reader.push(text)) {
      if (message.has('Response') && !message.has('Event')) answers.set(field(message, 'ActionID') ?? '', message);
      else onEvent(message);
    }
  });
  async function action(name: string, fields: AmiFields = {}): Promise<AmiMessage> {
    const id = String(++ids);
    socket.write(writeAction(name, id, fields));
    return until(`an answer to ${name}`, () => answers.get(id));
  }
  const signedIn = await action('Login', { Username: user, Secret: pbx.secret });
  if (field(signedIn, 'Response') !== 'Success') throw new Error(`The sign-in of ${user} is refused.`);
  return { action, close: () => socket.destroy() };
}
