import FleetBase

extension Catalogue {
    /// What the examination of a connection says.
    static let sshDoctor: [Entry] = [
        ("the server lets %@ in without a key", "el servidor deja entrar a %@ sin clave"),
        ("as %@ with %@, after %@ ms", "como %@ con %@, en %@ ms"),
        ("there is none: SSH_AUTH_SOCK is not set", "no hay ninguno: falta SSH_AUTH_SOCK"),
        ("it does not answer", "no responde"),
        (
            "log in anew on this machine, or start an agent: eval \"$(ssh-agent)\"",
            "vuelve a entrar en esta máquina, o arranca un agente: eval \"$(ssh-agent)\""
        ),
        ("it holds no key", "no tiene ninguna clave"),
        ("it holds %@ keys; of these the server refused %@", "tiene %@ claves; el servidor rechazó %@ de ellas"),
        ("others may read it: its mode is %@", "otros pueden leerlo: su modo es %@"),
        ("there is no such file", "no existe ese archivo"),
        ("it can't be read", "no se puede leer"),
        ("it has a passphrase, and no agent holds it", "tiene contraseña, y ningún agente la tiene cargada"),
        ("the server refuses it", "el servidor la rechaza"),
        (
            "the server takes no key of %@, only %@; fleet logs in with keys alone",
            "el servidor no acepta ninguna clave de %@, solo %@; fleet solo entra con claves"
        ),
        ("set PubkeyAuthentication yes in its sshd_config", "pon PubkeyAuthentication yes en su sshd_config"),
        (
            "it takes no password: add your public key to ~/.ssh/authorized_keys of %@ there by another way in",
            "no acepta contraseñas: entra allí de otra forma y añade tu clave pública a ~/.ssh/authorized_keys de %@"
        ),
        ("logged in on it; an answer takes %@ ms", "se ha entrado en él; una respuesta tarda %@ ms"),
        ("the last jump host looks %@ up", "el último host de salto busca %@"),
        ("it is an IP address", "es una dirección IP"),
        ("it resolves to %@", "corresponde a %@"),
        ("%@ port %@ is open, after %@ ms", "%@ puerto %@ está abierto, en %@ ms"),
        (
            "the server dropped %@ connections before it took one",
            "el servidor cortó %@ conexiones antes de aceptar una"
        ),
        ("%@ %@, as pinned", "%@ %@, la fijada"),
        ("one connection carries %@ commands or more at once", "una conexión lleva %@ comandos o más a la vez"),
        (
            "one connection carries %@ commands at once, and fleet uses up to %@",
            "una conexión lleva %@ comandos a la vez, y fleet usa hasta %@"
        ),
        ("it lets connections pass to %@", "deja pasar conexiones a %@"),
        ("it lets connections pass, but %@ does not answer it", "deja pasar conexiones, pero %@ no le responde"),
        ("it lets no connection pass to %@", "no deja pasar ninguna conexión a %@"),
    ]
}
