package import FleetBase

extension Catalogue {
    package static let serveCommands = Part(sentences)

    private static let sentences: [Entry] = [
        ("--mqtt: %@", "--mqtt: %@"),
        (
            "a broker and topic that events go to, such as mqtts://broker/upb/logs; any number of times, beside those in hosts.yaml",
            "un bróker y un tema a los que van los eventos, como mqtts://broker/upb/logs; cuantas veces se quiera, junto a los de hosts.yaml"
        ),
        ("serve the project to browsers and programs", "sirve el proyecto a navegadores y programas"),
        (
            "serve the project over HTTP until this command is stopped",
            "sirve el proyecto por HTTP hasta que se detenga este comando"
        ),
        (
            "Programs send the token: Authorization: Bearer TOKEN. A browser comes in with the address that is printed on a terminal, once, within ten minutes, or with the token. /api/openapi.json describes what can be asked.",
            "Los programas envían el token: Authorization: Bearer TOKEN. Un navegador entra con la dirección que se muestra en un terminal, una vez, antes de diez minutos, o con el token. /api/openapi.json describe lo que se puede pedir."
        ),
        ("where to listen; 127.0.0.1:7600 when left out", "dónde escuchar; 127.0.0.1:7600 si se omite"),
        (
            "a name by which the server is asked, beside localhost and its addresses; any number of times",
            "un nombre por el que se pregunta al servidor, además de localhost y sus direcciones; las veces que haga falta"
        ),
        (
            "a file with the token; fleet makes one when left out",
            "un archivo con el token; fleet crea uno si se omite"
        ),
        ("a certificate in PEM form, for https", "un certificado en formato PEM, para https"),
        ("the private key of the certificate", "la clave privada del certificado"),
        (
            "also a socket in the file system, for programs of this user",
            "también un socket en el sistema de archivos, para programas de este usuario"
        ),
        (
            "listen beyond this machine without TLS: the token can be read on the way",
            "escucha más allá de esta máquina sin TLS: el token se puede leer por el camino"
        ),
        ("--tls-cert and --tls-key belong together", "--tls-cert y --tls-key van juntos"),
        (
            "%@ can be reached from other machines, and there is no TLS",
            "a %@ se llega desde otras máquinas, y no hay TLS"
        ),
        ("give --tls-cert and --tls-key, or --insecure-http", "indica --tls-cert y --tls-key, o --insecure-http"),
        (
            "the token for programs, which is shown only now: %@",
            "el token para los programas, que solo se muestra ahora: %@"
        ),
        (
            "without TLS everybody on the way can read the token",
            "sin TLS cualquiera en el camino puede leer el token"
        ),
        (
            "show when the token of fleet serve was made, renew or revoke it",
            "muestra cuándo se creó el token de fleet serve, lo renueva o lo revoca"
        ),
        (
            "Only a hash of the token is kept, so it is shown once, when it is made. A running server takes the new one at once, and ends what the old one let in.",
            "Solo se guarda un resumen del token, así que se muestra una vez, al crearlo. Un servidor en marcha toma el nuevo enseguida, y termina lo que dejó entrar el viejo."
        ),
        ("make another token and print it", "crea otro token y lo muestra"),
        ("let nobody in until another token is made", "no dejar entrar a nadie hasta que se cree otro token"),
        ("give either --renew or --revoke", "indica --renew o --revoke, no ambos"),
        ("nobody gets in any more", "ya no entra nadie"),
        ("there is no token", "no hay ningún token"),
        (
            "there is no token: fleet serve makes one, as does fleet serve token --renew",
            "no hay ningún token: lo crea fleet serve, o fleet serve token --renew"
        ),
        ("the token was revoked at %@", "el token se revocó el %@"),
        (
            "\"%@\" is no place to listen, such as 127.0.0.1:7600",
            "«%@» no es un lugar donde escuchar, como 127.0.0.1:7600"
        ),
        (
            "open this address in a browser: it is good once, for ten minutes; Ctrl-C ends the server",
            "abre esta dirección en un navegador: vale una vez, durante diez minutos; Ctrl-C detiene el servidor"
        ),
        (
            "print the one-time code and a new token also where the output is no terminal, such as a pipe",
            "muestra el código de un solo uso y un token nuevo también donde la salida no es un terminal, como una tubería"
        ),
        (
            "no one-time code is printed here, since others may read it: the page takes the token, too; fleet serve token --renew makes one",
            "aquí no se muestra ningún código de un solo uso, porque otros podrían leerlo: la página acepta también el token; fleet serve token --renew crea uno"
        ),
        ("make one: fleet serve token --renew", "crea uno: fleet serve token --renew"),
        ("nobody gets in yet: there is no token", "todavía no entra nadie: no hay ningún token"),
        (
            "what stands behind -- must be options of fleet serve",
            "lo que va detrás de -- tienen que ser opciones de fleet serve"
        ),
        ("fleet serve --help shows them", "fleet serve --help las muestra"),
        (
            "\"%@\" is no name of a server, such as fleet.example.org: letters, digits, dots, dashes",
            "«%@» no es un nombre de servidor, como fleet.example.org: letras, dígitos, puntos, guiones"
        ),
        ("nobody gets in: the token was revoked", "no entra nadie: el token se revocó"),
        ("make another one: fleet serve token --renew", "crea otro: fleet serve token --renew"),
        ("a token was made at %@", "se creó un token el %@"),
        (
            "write a systemd unit that keeps fleet serve going",
            "escribe una unidad de systemd que mantenga en marcha fleet serve"
        ),
        (
            "What stands behind -- goes to fleet serve. The unit is a user's own, or the system's when root calls this. Nothing is started: the next step is shown.",
            "Lo que va detrás de -- pasa a fleet serve. La unidad es del usuario, o del sistema cuando la escribe root. No se inicia nada: se muestra el paso siguiente."
        ),
        (
            "options of fleet serve, such as -- --listen 127.0.0.1:8080",
            "opciones de fleet serve, como -- --listen 127.0.0.1:8080"
        ),
    ]
}
