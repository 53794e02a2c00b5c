extension Catalogue {
    static let lab: [Entry] = [
        ("the lab is up already", "el laboratorio ya está en marcha"),
        ("end it with: fleet lab down", "termínalo con: fleet lab down"),
        ("a lab has 1 to %@ hosts", "un laboratorio tiene de 1 a %@ hosts"),
        ("another fleet is at work on this lab", "otro fleet está trabajando en este laboratorio"),
        ("--hosts: a lab has 1 to %@ hosts", "--hosts: un laboratorio tiene de 1 a %@ hosts"),
        ("up", "en marcha"),
        ("down", "parado"),
        ("can't remove the folder %@", "no se puede borrar la carpeta %@"),
        ("the sshd of %@ does not start: %@", "el sshd de %@ no arranca: %@"),
        ("can't read %@", "no se puede leer %@"),
        ("ssh-keygen can't make the key %@", "ssh-keygen no puede crear la clave %@"),
        ("no port is free between %@ and %@", "no hay ningún puerto libre entre %@ y %@"),
        ("%@ is not on this machine", "%@ no está en esta máquina"),
        ("install OpenSSH: scripts/setup does it on Debian", "instala OpenSSH: en Debian lo hace scripts/setup"),
        ("is the disk full, or the folder not yours?", "¿está lleno el disco, o la carpeta no es tuya?"),
    ]
}
