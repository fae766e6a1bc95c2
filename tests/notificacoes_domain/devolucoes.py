"""Returned messages as Postfix, Exchange, Gmail, Exim and qmail write them; `{para}` is where they were sent."""

POSTFIX = """\
Return-Path: <>
X-Original-To: {para}
Delivered-To: {para}
Received: by mx.exemplo.test (Postfix)
\tid 7F1B220A; Thu,  4 Feb 2027 12:00:03 -0300 (-03)
Date: Thu,  4 Feb 2027 12:00:03 -0300 (-03)
From: MAILER-DAEMON@mx.exemplo.test (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {para}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4A1.1770217203/mx.exemplo.test"
Message-Id: <20270204150003.7F1B220A@mx.exemplo.test>

This is a MIME-encapsulated message.

--4A1.1770217203/mx.exemplo.test
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.exemplo.test.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<ana@exemplo.test>: host mail.exemplo.test[192.0.2.10] said: 550 5.1.1
    <ana@exemplo.test>: Recipient address rejected: User unknown (in reply to
    RCPT TO command)

--4A1.1770217203/mx.exemplo.test
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.exemplo.test
X-Postfix-Queue-ID: 4A1
X-Postfix-Sender: rfc822; {para}
Arrival-Date: Thu,  4 Feb 2027 12:00:01 -0300 (-03)

Final-Recipient: rfc822; ana@exemplo.test
Original-Recipient: rfc822;ana@exemplo.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.exemplo.test
Diagnostic-Code: smtp; 550 5.1.1 <ana@exemplo.test>: Recipient address
    rejected: User unknown

--4A1.1770217203/mx.exemplo.test
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: =?utf-8?q?Plataforma?= <nao-responda@portal.invalid>
To: ana@exemplo.test
Message-ID: <{message_id}>
Subject: Certificado vence

--4A1.1770217203/mx.exemplo.test--
"""
ATRASO_POSTFIX = POSTFIX.replace("Action: failed", "Action: delayed").replace("Status: 5.1.1", "Status: 4.4.1")
EXCHANGE = """\
Received: from BR1PR.exemplo.test by BR2PR.exemplo.test; Thu, 4 Feb 2027 15:00:05 +0000
From: <postmaster@exemplo.onmicrosoft.test>
To: <{para}>
Date: Thu, 4 Feb 2027 15:00:05 +0000
Subject: =?utf-8?B?TsOjbyBlbnRyZWd1ZTogQ2VydGlmaWNhZG8gdmVuY2U=?=
Message-ID: <0b1c@BR1PR.exemplo.test>
Auto-Submitted: auto-replied
X-MS-Exchange-Message-Is-Ndr:
Content-Language: pt-BR
In-Reply-To: <{message_id}>
References: <{message_id}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="_b1_"

--_b1_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PHA+TsOjbyBmb2kgcG9zc8OtdmVsIGVudHJlZ2FyIGEgbWVuc2FnZW08L3A+

--_b1_
Content-Type: message/delivery-status

Reporting-MTA: dns;BR1PR.exemplo.test
Received-From-MTA: dns;mx.portal.invalid
Arrival-Date: Thu, 4 Feb 2027 15:00:04 +0000

Original-Recipient: rfc822;ana@exemplo.test
Final-Recipient: rfc822;ana@exemplo.test
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ana@exemplo.test not found
 by SMTP address lookup

--_b1_
Content-Type: message/rfc822

From: nao-responda@portal.invalid
To: ana@exemplo.test
Message-ID: <{message_id}>
Subject: Certificado vence

Texto

--_b1_--
"""
GMAIL = """\
Return-Path: <>
Delivered-To: {para}
From: Mail Delivery Subsystem <mailer-daemon@googlemail.test>
To: {para}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <{message_id}>
In-Reply-To: <{message_id}>
X-Failed-Recipients: ana@exemplo.test
MIME-Version: 1.0
Content-Type: multipart/report; boundary="00000000000091"; report-type=delivery-status

--00000000000091
Content-Type: multipart/related; boundary="0000000000009f"

--0000000000009f
Content-Type: multipart/alternative; boundary="000000000000ab"

--000000000000ab
Content-Type: text/plain; charset="UTF-8"

** Endereço não encontrado **

Sua mensagem não foi entregue a ana@exemplo.test.

550 5.1.1 The email account that you tried to reach does not exist.

--000000000000ab--
--0000000000009f--
--00000000000091
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.test
Arrival-Date: Thu, 04 Feb 2027 07:00:02 -0800 (PST)
X-Original-Message-ID: <{message_id}>

Final-Recipient: rfc822; ana@exemplo.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.test. (192.0.2.27, the server for the domain exemplo.test.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
Last-Attempt-Date: Thu, 04 Feb 2027 07:00:03 -0800 (PST)

--00000000000091
Content-Type: message/rfc822

To: ana@exemplo.test
Message-ID: <{message_id}>

--00000000000091--
"""
EXIM = """\
Return-path: <>
X-Failed-Recipients: ana@exemplo.test
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@exim.exemplo.test>
To: {para}
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients.

  ana@exemplo.test
    host mail.exemplo.test [192.0.2.10]
    SMTP error from remote mail server after RCPT TO:<ana@exemplo.test>:
    552 5.2.2 Mailbox full

------ This is a copy of the message's headers. ------

Message-ID: <{message_id}>
Subject: Certificado vence
"""
QMAIL = """\
Return-Path: <>
Delivered-To: {para}
From: MAILER-DAEMON@qmail.exemplo.test
To: {para}
Subject: failure notice

Hi. This is the qmail-send program at qmail.exemplo.test.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ana@exemplo.test>:
Sorry, no mailbox here by that name.
"""
AUSENTE = """\
Return-Path: <ana@exemplo.test>
Delivered-To: {para}
From: Ana Souza <ana@exemplo.test>
To: {para}
Subject: Resposta automática: férias
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

Estou de férias até 550 de fevereiro. Procure 5.1.1 o Bruno.
"""
