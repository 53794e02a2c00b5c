package import FleetBase

extension Catalogue {
    package static let ssh = Part(sentences, sshDoctor)

    private static let sentences: [Entry] = [
        ("it says %@", "dice %@"),
        (
            "%@ port %@ did not finish the key exchange in time",
            "%@ puerto %@ no terminó a tiempo el intercambio de claves"
        ),
        (
            "it sends something else than the identification of an SSH server",
            "envía algo que no es la identificación de un servidor SSH"
        ),
        (
            "it sends more before the login than any SSH server does",
            "envía antes de iniciar sesión más que cualquier servidor SSH"
        ),
        ("it sends without end what nobody asked for", "envía sin fin lo que nadie ha pedido"),
        (
            "what it sends takes more memory than a connection may",
            "lo que envía ocupa más memoria de la permitida para una conexión"
        ),
        ("%@ port %@ breaks SSH's protocol: %@", "%@ puerto %@ no respeta el protocolo SSH: %@"),
        ("is it an SSH server? Look at the port", "¿es un servidor SSH? Mira el puerto"),
        (
            "the program that listens there is not an SSH server: %@",
            "el programa que escucha allí no es un servidor SSH: %@"
        ),
        ("%@ has not answered for %@ s", "%@ no ha respondido durante %@ s"),
        (
            "is the host still on, and on this network? Commands that ran there may still run",
            "¿sigue el host encendido y en esta red? Los comandos que se ejecutaban allí pueden seguir en marcha"
        ),
        (
            "the connection ended during the login with the key %@: %@",
            "la conexión se cortó durante el inicio de sesión con la clave %@: %@"
        ),
        (
            "look at the network; if it happens each time, the server's log tells why it ends this login",
            "mira la red; si pasa siempre, el registro del servidor dice por qué corta este inicio de sesión"
        ),
        (
            "the look-up of the name %@ got no answer in time",
            "la búsqueda del nombre %@ no tuvo respuesta a tiempo"
        ),
        (
            "the jump host %@ would have to be reached through itself",
            "al host de salto %@ habría que llegar a través de sí mismo"
        ),
        ("give it ProxyJump none in ~/.ssh/config", "dale ProxyJump none en ~/.ssh/config"),
        (
            "name another file with key: in the inventory, or mend this one: fleet doctor %@",
            "nombra otro archivo con key: en el inventario, o arregla este: fleet doctor %@"
        ),
        ("ssh refuses its configuration: %@", "ssh rechaza su configuración: %@"),
        ("mend that line: ssh itself refuses it too", "corrige esa línea: el propio ssh también la rechaza"),
        (
            "mend that line, or install OpenSSH's client, which fleet asks about such lines",
            "corrige esa línea, o instala el cliente de OpenSSH, al que fleet pregunta por tales líneas"
        ),
        (
            "%@: fleet does not support %@, which ssh uses for this host",
            "%@: fleet no admite %@, que ssh usa para este host"
        ),
        (
            "give the host a jump or another address in the inventory, or take that line away from it",
            "dale al host un salto u otra dirección en el inventario, o quítale esa línea"
        ),
        ("Match needs ssh itself", "Match necesita al propio ssh"),
        ("too many files include each other", "demasiados archivos se incluyen unos a otros"),
        ("others may write this file", "otros pueden escribir en este archivo"),
        ("this file can't be read", "este archivo no se puede leer"),
        (
            "%@: StrictHostKeyChecking stays on: fleet always checks host keys",
            "%@: StrictHostKeyChecking sigue activo: fleet siempre comprueba las claves de host"
        ),
        ("%@: %@ is not supported and was passed over", "%@: no se admite %@ y se ha pasado por alto"),
        ("there is no key to log in with as %@ at %@", "no hay ninguna clave para entrar como %@ en %@"),
        (
            "make a key with ssh-keygen -t ed25519 and install it with ssh-copy-id %@@%@",
            "crea una clave con ssh-keygen -t ed25519 e instálala con ssh-copy-id %@@%@"
        ),
        ("%@ takes none of the keys for the user %@: %@", "%@ no acepta ninguna de las claves para el usuario %@: %@"),
        (
            "is the user right? Install a key with ssh-copy-id %@@%@, or name another key with key: in the inventory",
            "¿es correcto el usuario? Instala una clave con ssh-copy-id %@@%@, o indica otra clave con key: en el inventario"
        ),
        ("the server ended the login at the key %@: %@", "el servidor cortó el inicio de sesión en la clave %@: %@"),
        (
            "an agent with many keys exhausts MaxAuthTries: set IdentitiesOnly yes for this host",
            "un agente con muchas claves agota MaxAuthTries: pon IdentitiesOnly yes para este host"
        ),
        ("the server opens no further channel: %@", "el servidor no abre más canales: %@"),
        (
            "MaxSessions in the server's sshd_config limits the commands of one connection",
            "MaxSessions en el sshd_config del servidor limita los comandos de una conexión"
        ),
        ("%@ port %@ accepts connections but says nothing", "%@ puerto %@ acepta conexiones pero no dice nada"),
        (
            "is it an SSH server? Look at the port, and at the load of the host",
            "¿es un servidor SSH? Mira el puerto y la carga del host"
        ),
        ("no common algorithms with the server: %@", "no hay algoritmos en común con el servidor: %@"),
        (
            "a server that has only an RSA host key is out of reach: make one there with ssh-keygen -A",
            "no se puede llegar a un servidor que solo tiene una clave de host RSA: crea allí otras con ssh-keygen -A"
        ),
        ("the key exchange failed: %@", "falló el intercambio de claves: %@"),
        (
            "the server closed the connection or is no SSH server: %@",
            "el servidor cerró la conexión o no es un servidor SSH: %@"
        ),
        (
            "look at the port, and at MaxStartups in the server's sshd_config",
            "mira el puerto, y MaxStartups en el sshd_config del servidor"
        ),
        ("the host key of %@ is not known: %@ %@", "no se conoce la clave de host de %@: %@ %@"),
        (
            "if this fingerprint is the host's, pin it with: fleet host pin %@",
            "si esta huella es la del host, fíjala con: fleet host pin %@"
        ),
        (
            "%@. Somebody may listen in, unless the host was set up anew",
            "%@. Puede que alguien esté escuchando, salvo que el host se instalara de nuevo"
        ),
        ("there is no key file %@", "no hay ningún archivo de clave %@"),
        (
            "the host key of %@ has CHANGED to %@ %@; %@ has another",
            "la clave de host de %@ HA CAMBIADO a %@ %@; en %@ hay otra"
        ),
        (
            "somebody may listen in. If the host was set up anew: fleet host pin %@ --replace",
            "puede que alguien esté escuchando. Si el host se instaló de nuevo: fleet host pin %@ --replace"
        ),
        (
            "%@ shows the host key %@ %@; %@ has one of another kind only",
            "%@ muestra la clave de host %@ %@; en %@ solo hay una de otro tipo"
        ),
        (
            "%@ wants a certificate for %@, which is not supported",
            "%@ exige un certificado para %@, y eso no se admite"
        ),
        (
            "pin the host's own key beside it: fleet host pin %@",
            "fija además la clave propia del host: fleet host pin %@"
        ),
        ("the jump host %@ can't reach %@ port %@: %@", "el host de salto %@ no llega a %@ puerto %@: %@"),
        (
            "is it reachable from there, and does its sshd allow AllowTcpForwarding?",
            "¿se llega desde allí, y permite su sshd AllowTcpForwarding?"
        ),
        (
            "the jump host %@ could not reach %@ port %@ in time",
            "el host de salto %@ no llegó a tiempo a %@ puerto %@"
        ),
        ("the jump host %@ did not answer in time", "el host de salto %@ no respondió a tiempo"),
        ("look at the jump host, and at its load", "mira el host de salto, y su carga"),
        ("no sockets left: %@", "no quedan sockets: %@"),
        ("the connection is closed", "la conexión está cerrada"),
        ("the connection was lost: %@", "se perdió la conexión: %@"),
        (
            "a command that ran on the host may still run there",
            "un comando que se ejecutaba en el host puede seguir en marcha"
        ),
        (
            "%@ port %@ is too busy: its turn did not come in time",
            "%@ puerto %@ está demasiado ocupado: no llegó su turno a tiempo"
        ),
        ("can't read the key file %@", "no se puede leer el archivo de clave %@"),
        ("%@ is not a private key file", "%@ no es un archivo de clave privada"),
        ("%@ is a damaged key file", "%@ es un archivo de clave dañado"),
        ("%@ is a damaged key file: %@", "%@ es un archivo de clave dañado: %@"),
        ("the key %@ has a passphrase", "la clave %@ tiene una frase de contraseña"),
        (
            "run on a terminal to be asked for it, or load the key with: ssh-add %@",
            "ejecuta en un terminal para que se te pida, o carga la clave con: ssh-add %@"
        ),
        (
            "the key %@ is of a kind that fleet can't sign with: %@",
            "la clave %@ es de un tipo con el que fleet no puede firmar: %@"
        ),
        ("make an Ed25519 key: ssh-keygen -t ed25519", "crea una clave Ed25519: ssh-keygen -t ed25519"),
        ("the jump host %@: %@", "el host de salto %@: %@"),
        ("the name %@ does not resolve: %@", "no se puede resolver el nombre %@: %@"),
        (
            "is the address in the inventory right? Is this machine online?",
            "¿es correcta la dirección del inventario? ¿Tiene red esta máquina?"
        ),
        (
            "%@ port %@ refused the connection: nothing listens there",
            "%@ puerto %@ rechazó la conexión: allí no escucha nadie"
        ),
        ("is sshd running on it, and is the port right?", "¿está sshd en marcha y es correcto el puerto?"),
        ("no answer from %@ port %@", "sin respuesta de %@ puerto %@"),
        (
            "is it on and on this network? A firewall, a wrong address or a VPN may be in the way",
            "¿está encendido y en esta red? Puede estorbar un cortafuegos, una dirección errónea o una VPN"
        ),
        ("can't reach %@ port %@: %@", "no se llega a %@ puerto %@: %@"),
        (
            "load it into your ssh-agent, which then signs: ssh-add %@",
            "cárgala en tu ssh-agent, que firmará: ssh-add %@"
        ),
        (
            "the key %@ is not an Ed25519 key, which packages are signed with",
            "la clave %@ no es Ed25519, y los paquetes se firman con una de esas"
        ),
        ("the agent did not sign with the key %@", "el agente no firmó con la clave %@"),
        (
            "did its owner refuse? ssh-add -l shows what it holds",
            "¿lo rechazó su dueño? ssh-add -l muestra lo que tiene"
        ),
        ("the host key of %@ is revoked by %@", "la clave de host de %@ está revocada por %@"),
        ("do not connect before the host has a new key", "no te conectes hasta que el host tenga una clave nueva"),
        ("make one with: fleet keys new", "crea una con: fleet keys new"),
        ("%@ takes no password of the user %@", "%@ no acepta contraseñas del usuario %@"),
        ("the password of the user %@ has expired on %@", "la contraseña del usuario %@ ha caducado en %@"),
        (
            "log in there by ssh, which asks for a new one, and add the host then",
            "entra allí con ssh, que pide una nueva, y añade después el host"
        ),
        ("%@ does not take this password of the user %@", "%@ no acepta esta contraseña del usuario %@"),
        (
            "is the user right? A server may also take no password of root",
            "¿es correcto el usuario? Un servidor también puede no aceptar contraseñas de root"
        ),
    ]
}
