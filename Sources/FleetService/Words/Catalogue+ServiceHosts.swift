import FleetBase

extension Catalogue {
    /// Operations that add, pin, prepare and remove hosts.
    static let serviceHosts: [Entry] = [
        ("NO ACTIVE MACHINES", "NO HAY MÁQUINAS ACTIVAS"),
        ("%@ shows the key %@ %@", "%@ muestra la clave %@ %@"),
        ("ssh knows this key already", "ssh ya conoce esta clave"),
        ("nobody is there to approve the key of %@", "no hay nadie que apruebe la clave de %@"),
        ("compare it, then give --fingerprint %@", "compárala y después da --fingerprint %@"),
        ("nobody is there to approve the keys of %@ hosts", "no hay nadie que apruebe las claves de %@ hosts"),
        ("compare them, then give --yes", "compáralas y después da --yes"),
        ("it is on the way; pin it first: fleet host pin %@", "está en el camino; fíjalo primero: fleet host pin %@"),
        ("nobody is there to ask", "no hay nadie a quien preguntar"),
        ("give --yes", "da --yes"),
        ("the host's fingerprint is %@, not %@", "la huella del host es %@, no %@"),
        (
            "do not trust it before you know why: look on the host itself with ssh-keygen -l",
            "no te fíes hasta saber por qué: míralo en el propio host con ssh-keygen -l"
        ),
        ("%@ has another key than the pinned one: %@ %@ in %@", "%@ tiene otra clave que la fijada: %@ %@ en %@"),
        ("%@ has another key than the one in %@", "%@ tiene otra clave que la de %@"),
        (
            "somebody may listen in. If the host was set up anew: ssh-keygen -R %@ -f %@",
            "puede que alguien esté escuchando. Si el host se instaló de nuevo: ssh-keygen -R %@ -f %@"
        ),
        ("%@ is this machine and has no key", "%@ es esta máquina y no tiene clave"),
        ("--fingerprint is for one host alone", "--fingerprint es para un solo host"),
        (
            "the pinned key of %@ is another one: %@ %@ in %@. Somebody may listen in, unless the host was set up anew",
            "la clave fijada de %@ es otra: %@ %@ en %@. Puede que alguien esté escuchando, salvo que el host se instalara de nuevo"
        ),
        ("the key of %@ stays pinned", "la clave de %@ sigue fijada"),
        ("the key %@ stays in ~/.ssh/authorized_keys of %@", "la clave %@ sigue en ~/.ssh/authorized_keys de %@"),
        ("the new private key stays here in %@", "la clave privada nueva sigue aquí, en %@"),
        ("nobody approved it, so nothing was changed", "nadie lo aprobó, así que no se cambió nada"),
        ("nobody approved the rest", "nadie aprobó el resto"),
        ("\"%@\" can not be a user's name", "«%@» no puede ser el nombre de un usuario"),
        ("%@ was not added", "%@ no se ha añadido"),
        (
            "%@ takes none of the keys, but it takes a password",
            "%@ no acepta ninguna de las claves, pero sí una contraseña"
        ),
        (
            "--install-key installs a key, with --password-file FILE or --password-fd N",
            "--install-key instala una clave, con --password-file ARCHIVO o --password-fd N"
        ),
        ("to go on all the same: --same-machine", "para seguir de todos modos: --same-machine"),
        (
            "%@ is the machine that the inventory has as %@: they have one address",
            "%@ es la máquina que el inventario tiene como %@: tienen la misma dirección"
        ),
        (
            "%@ is the machine that the inventory has as %@: they have one host key",
            "%@ es la máquina que el inventario tiene como %@: tienen la misma clave de host"
        ),
        (
            "%@ is the machine that the inventory has as %@: they have one machine id",
            "%@ es la máquina que el inventario tiene como %@: tienen el mismo identificador de máquina"
        ),
        ("made the key %@, without a passphrase", "creada la clave %@, sin frase de contraseña"),
        ("installed the key %@ on %@", "clave %@ instalada en %@"),
        ("%@ has the key %@ already", "%@ ya tiene la clave %@"),
        ("%@ does not tell its public key", "%@ no dice cuál es su clave pública"),
        (
            "write it beside the key: ssh-keygen -y -f %@ >%@.pub",
            "escríbela junto a la clave: ssh-keygen -y -f %@ >%@.pub"
        ),
        ("nobody is there to type the password", "no hay nadie que escriba la contraseña"),
        ("give --password-file FILE or --password-fd N", "da --password-file ARCHIVO o --password-fd N"),
        ("%@ has the key %@ now, but it does not let it in", "%@ ya tiene la clave %@, pero no deja entrar con ella"),
        (
            "its sshd may read another file, or others may write to the home folder: look at its log",
            "puede que su sshd lea otro archivo, o que otros puedan escribir en la carpeta personal: mira su registro"
        ),
        ("%@ does not answer: %@", "%@ no responde: %@"),
        (
            "to forget it all the same, and leave fleet's folder there: --forget-absent",
            "para olvidarlo de todos modos, y dejar allí la carpeta de fleet: --forget-absent"
        ),
        ("fleet's folder on %@ is %@: %@", "la carpeta de fleet en %@ es %@: %@"),
        ("  packages: %@", "  paquetes: %@"),
        ("  runs: %@", "  ejecuciones: %@"),
        (
            "  it is also that of these hosts of the inventory: %@",
            "  es también la de estos hosts del inventario: %@"
        ),
        ("  other machines that share it: %@", "  otras máquinas que la comparten: %@"),
    ]
}
