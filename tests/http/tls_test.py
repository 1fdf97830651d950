"""TLS of the real program: handshake, what it refuses, certificates that change while it serves.

Standard library and the openssl command only.

usage: tls_test.py MENO_EXECUTABLE
"""
import http.client
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time


def make_certificate(folder, name, key="ec"):
    """A self-signed certificate for 127.0.0.1 and its key, as PEM files."""
    kind = {"ec": ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"], "rsa": ["rsa:2048"]}[key]
    subprocess.run(["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "made.key", "-out", folder / "made.pem"],
                   check=True, capture_output=True)
    return (folder / "made.pem").read_bytes(), (folder / "made.key").read_bytes()


class Server:
    def __init__(self, meno, folder, *more):
        self.certificate, self.key = folder / "server.pem", folder / "server.key"
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [meno, "serve", "--store", folder / "store.db", "--port", "0", "--adapt", "off", "--json", "--tls-cert",
             self.certificate, "--tls-key", self.key, *more],
            stdout=self.log.open("w"), stderr=subprocess.STDOUT)
        self.wait_for_log('"port"')
        self.said = next(json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{"))
        self.port = self.said["port"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=60) == 0

    def wait_for_log(self, sentence):
        for _ in range(600):
            if sentence in self.log.read_text():
                return
            time.sleep(0.05)
        raise AssertionError((sentence, self.log.read_text()))


def trusting(pem, **limits):
    """A client's context that trusts just this certificate."""
    context = ssl.create_default_context(cadata=pem.decode())
    for name, value in limits.items():
        setattr(context, name, value)
    return context


def connect(server, pem, **limits):
    connection = http.client.HTTPSConnection("127.0.0.1", server.port, context=trusting(pem, **limits), timeout=30)
    connection.connect()
    return connection


def health(connection):
    connection.request("GET", "/v1/health")
    reply = connection.getresponse()
    assert reply.status == 200 and json.loads(reply.read())["status"] == "ok"
    return reply


def refuses(server, context):
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
            context.wrap_socket(raw, server_hostname="127.0.0.1")
    except (ssl.SSLError, ConnectionError):
        return True
    return False


def handshakes(server, pem):
    assert server.said["url"].startswith("https://"), server.said
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        connection = connect(server, pem, minimum_version=version, maximum_version=version)
        assert health(connection).headers["Strict-Transport-Security"] == "max-age=31536000"
        health(connection)  # kept alive
        connection.close()
    context = trusting(pem)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", server.port)) as raw, \
            context.wrap_socket(raw, server_hostname="127.0.0.1") as secured:
        assert secured.selected_alpn_protocol() == "http/1.1"
    context = trusting(pem)
    context.set_alpn_protocols(["h2"])
    assert refuses(server, context), "only a protocol that it does not speak"
    old = trusting(pem)
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    assert refuses(server, old), "TLS 1.1"
    weak = trusting(pem)
    weak.maximum_version = ssl.TLSVersion.TLSv1_2
    weak.set_ciphers("AES128-SHA:AES256-SHA:ECDHE-ECDSA-AES128-SHA")
    assert refuses(server, weak), "ciphers without forward secrecy or authenticated encryption"


def other_bytes(server, pem):
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as plain:
        plain.sendall(b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        told = b""
        while part := plain.recv(4096):
            told += part
        assert told.startswith(b"HTTP/1.1 400 ") and told.endswith(b"this port speaks TLS, expected an https:// address"), told
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as noise:
        noise.sendall(b"\x16\x03\x01\xff\xff" + b"\x00" * 200)
        try:
            while noise.recv(4096):
                pass
        except ConnectionError:
            pass
    health(connect(server, pem))


def a_large_body_and_reply(server, pem):
    connection = connect(server, pem)
    connection.request("POST", "/v1/courses/none/answers", b"{}\n" * 300_000, {"Content-Type": "application/x-ndjson"})
    reply = connection.getresponse()
    assert reply.status in (400, 404), (reply.status, reply.read())
    connection = connect(server, pem)
    connection.request("GET", "/openapi.json")
    assert "paths" in json.loads(connection.getresponse().read())
    connection.request("POST", "/v1/answers", b" " * 2_000_000, {"Content-Type": "application/json"})
    assert connection.getresponse().status == 413, "a reply before the body has come"


def renewal(server, first, second):
    """`first` serves; `second` is its heir."""
    running = connect(server, first[0])
    health(running)
    server.certificate.write_bytes(b"no certificate")
    server.wait_for_log("the certificate stays as it was")
    health(connect(server, first[0]))
    time.sleep(2.5)
    assert server.log.read_text().count("the certificate stays as it was") == 1, "one sentence for one broken file"
    server.key.write_bytes(second[1])
    server.certificate.write_bytes(second[0])
    server.wait_for_log("the certificate was loaded anew")
    health(connect(server, second[0]))
    assert refuses(server, trusting(first[0])), "the old certificate is still shown"
    health(running)
    server.process.send_signal(signal.SIGHUP)
    for _ in range(600):
        if server.log.read_text().count("the certificate was loaded anew") == 2:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("SIGHUP loads nothing")
    health(running)


def refused_at_the_start(meno, folder, pem, key):
    def sentence(certificate, key_file, *more):
        done = subprocess.run([meno, "serve", "--store", folder / "no.db", "--port", "0", "--json", "--tls-cert", certificate,
                               *(["--tls-key", key_file] if key_file else []), *more], capture_output=True, text=True)
        assert done.returncode == 2, done
        return json.loads(done.stdout)["error"]["message"]

    (folder / "other.key").write_bytes(key)
    assert "expected a PEM file" in sentence(folder / "nowhere.pem", folder / "server.key")
    assert "cannot be used" in sentence(folder / "server.pem", folder / "other.key"), "another certificate's key"
    assert "expected both or neither" in sentence(folder / "server.pem", None)
    subprocess.run(["openssl", "pkey", "-in", folder / "server.key", "-aes256", "-passout", "pass:secret", "-out",
                    folder / "locked.key"], check=True, capture_output=True)
    assert "without a password" in sentence(folder / "server.pem", folder / "locked.key")


def cookies_are_for_tls(meno, folder, pem):
    added = subprocess.run([meno, "user", "add", "--store", folder / "store.db", "--id", "root", "--role", "platform_admin",
                            "--password-stdin", "--json"], input="a long password\n", capture_output=True, text=True)
    assert added.returncode == 0, (added.stdout, added.stderr)
    server = Server(meno, folder)
    connection = connect(server, pem)
    connection.request("POST", "/v1/session", json.dumps({"account_id": "root", "password": "a long password"}),
                       {"Content-Type": "application/json"})
    reply = connection.getresponse()
    cookie = reply.headers["Set-Cookie"]
    assert reply.status == 200 and cookie.startswith("__Host-meno_session=") and "; Secure" in cookie, (reply.status, cookie)
    server.stop()


def main():
    meno = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="meno-tls-") as name:
        folder = pathlib.Path(name)
        first, second = make_certificate(folder, "first"), make_certificate(folder, "second", "rsa")
        (folder / "server.pem").write_bytes(first[0])
        (folder / "server.key").write_bytes(first[1])
        os.chmod(folder / "server.key", 0o600)
        refused_at_the_start(meno, folder, first[0], second[1])
        server = Server(meno, folder)
        try:
            handshakes(server, first[0])
            other_bytes(server, first[0])
            a_large_body_and_reply(server, first[0])
            renewal(server, first, second)
            server.stop()
        finally:
            server.process.kill()
        cookies_are_for_tls(meno, folder, second[0])
    print("ok")


main()
