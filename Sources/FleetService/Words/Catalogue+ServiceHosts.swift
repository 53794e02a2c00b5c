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
        ("%@ was not added", "%@ no se ha añadido"),
    ]
}
