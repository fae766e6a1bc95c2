"""An SMTP server that takes everything and keeps nothing, in a process of its own; its port is its first line."""

import socket
import threading

ANSWERS = {b"EHLO": b"250-x\r\n250-PIPELINING\r\n250 8BITMIME\r\n", b"DATA": b"354 ok\r\n", b"QUIT": b"221 ok\r\n"}


def serve(connection: socket.socket) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"220 x\r\n")
    taken, buffer = 0, b""
    while piece := connection.recv(262144):
        buffer += piece
        while (end := buffer.find(b"\r\n") + 2) >= 2:
            line, buffer = buffer[:end], buffer[end:]
            verb = line[:4].upper()
            connection.sendall(ANSWERS.get(verb, b"250 ok\r\n"))
            if verb == b"DATA":
                while (end := buffer.find(b"\r\n.\r\n")) < 0:
                    buffer += connection.recv(262144)
                buffer, taken = buffer[end + 5 :], taken + 1
                connection.sendall(b"250 2.0.0 ok: na fila como %d\r\n" % taken)


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=[connection], daemon=True).start()


if __name__ == "__main__":
    main()
