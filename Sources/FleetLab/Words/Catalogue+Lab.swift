package import FleetBase

extension Catalogue {
    package static let lab = Part(sentences)

    private static let sentences: [Entry] = [
        ("another lab is up already; hosts: %@", "ya hay otro laboratorio en marcha; hosts: %@"),
        ("end it with: fleet lab down", "termínalo con: fleet lab down"),
        ("a lab has 1 to %@ hosts", "un laboratorio tiene de 1 a %@ hosts"),
        ("another fleet is at work on this lab", "otro fleet está trabajando en este laboratorio"),
        ("can't remove the folder %@", "no se puede borrar la carpeta %@"),
        ("the sshd of %@ does not start: %@", "el sshd de %@ no arranca: %@"),
        ("can't read %@", "no se puede leer %@"),
        ("ssh-keygen can't make the key %@", "ssh-keygen no puede crear la clave %@"),
        ("no port is free between %@ and %@", "no hay ningún puerto libre entre %@ y %@"),
        ("%@ is not on this machine", "%@ no está en esta máquina"),
        ("install OpenSSH: scripts/setup does it on Debian", "instala OpenSSH: en Debian lo hace scripts/setup"),
        ("%@ engines for %@ hosts", "%@ motores para %@ hosts"),
        ("name one for all, or one for each", "nombra uno para todos, o uno para cada uno"),
        ("only root can make little machines", "solo root puede crear pequeñas máquinas"),
        (
            "run it with sudo, or leave --vm out for plain sshd processes",
            "ejecútalo con sudo, o quita --vm para simples procesos sshd"
        ),
        (
            "install it: scripts/setup does it on Debian; or make hosts without it: --engine none",
            "instálalo: en Debian lo hace scripts/setup; o crea hosts sin él: --engine none"
        ),
        ("nothing can listen on %@:%@: %@", "no se puede escuchar en %@:%@: %@"),
        ("can't start %@", "no se puede arrancar %@"),
        ("the host %@ does not start: %@", "el host %@ no arranca: %@"),
        ("the host %@ gets no network: %@", "el host %@ no consigue red: %@"),
        ("the network of the lab does not start: %@", "la red del laboratorio no arranca: %@"),
        (
            "does this system let root make namespaces? Many containers do not",
            "¿deja este sistema que root cree espacios de nombres? Muchos contenedores no"
        ),
        ("is the disk full, or the folder not yours?", "¿está lleno el disco, o la carpeta no es tuya?"),
    ]
}
