import FleetBase

extension Catalogue {
    /// The commands that pack, push, sign and keep versions.
    static let releaseCommands: [Entry] = [
        ("these hosts have nothing of the package", "estos hosts no tienen nada del paquete"),
        ("FROM", "DESDE"),
        ("image loaded", "imagen cargada"),
        ("removed: %@, together %@", "eliminadas: %@, en total %@"),
        (
            "build packages: the same files give the same digest anywhere",
            "construye paquetes: los mismos archivos dan el mismo resumen en cualquier sitio"
        ),
        ("list the packages of the project, without building", "lista los paquetes del proyecto, sin construir"),
        (
            "list what is in the packages and what is left out, and by which rule, without building",
            "lista qué hay en los paquetes, qué queda fuera y por qué regla, sin construir"
        ),
        ("%@: %@ files are in it", "%@: contiene %@ archivos"),
        ("%@: left out", "%@: queda fuera"),
        (
            "also write NAME-YYYYMMDD-HHMMSS.tar.gz, to be carried by hand",
            "escribe también NOMBRE-YYYYMMDD-HHMMSS.tar.gz, para llevarlo a mano"
        ),
        ("which packages; all when left out", "qué paquetes; si se omiten, todos"),
        ("ENGINES", "MOTORES"),
        ("bring packages to hosts", "lleva paquetes a los hosts"),
        ("A host that has the version already gets nothing.", "Un host que ya tiene la versión no recibe nada."),
        ("show the steps for each host, and change nothing", "muestra los pasos para cada host, y no cambia nada"),
        ("which hosts should get the package?", "¿qué hosts deben recibir el paquete?"),
        (
            "send no more than SIZE a second to all hosts together, for instance 5M",
            "no envía más de TAMAÑO por segundo a todos los hosts juntos, por ejemplo 5M"
        ),
        (
            "push to N hosts at a time, or to N% of them; stop when too many have failed",
            "envía a N hosts cada vez, o al N% de ellos, y para cuando han fallado demasiados"
        ),
        (
            "with --serial: go on with up to N failed hosts, or N% of them",
            "con --serial: sigue con hasta N hosts fallidos, o el N% de ellos"
        ),
        (
            "send the whole package, also where a difference would do",
            "envía el paquete entero, también donde bastaría la diferencia"
        ),
        ("fleet push --all, --hosts A,B or --group G", "fleet push --all, --hosts A,B o --group G"),
        ("the archive of %@ %@ has %@", "el comprimido de %@ %@ ocupa %@"),
        ("TO", "HASTA"),
        ("SENT", "ENVIADO"),
        ("pushed", "enviado"),
        ("made current", "puesto en uso"),
        ("already there", "ya estaba"),
        ("nothing to do", "nada que hacer"),
        ("send the rest", "enviar el resto"),
        ("send the difference", "enviar la diferencia"),
        ("send the whole", "enviar todo"),
        ("make current", "poner en uso"),
        ("load the image into %@", "cargar la imagen en %@"),
        ("name the image in %@", "nombrar la imagen en %@"),
        ("TO SEND", "POR ENVIAR"),
        ("STEPS", "PASOS"),
        (
            "see which host has which version of each package",
            "mira qué host tiene qué versión de cada paquete"
        ),
        (
            "hosts with another version than is built here: %@",
            "hosts con otra versión que la construida aquí: %@"
        ),
        (
            "make an earlier version current again",
            "vuelve a una versión anterior"
        ),
        (
            "Nothing is sent: the version is still on the hosts. VERSION may be the beginning of a version; without it the hosts go back to the version before. A run does not undo this; a push does.",
            "No se envía nada: la versión sigue en los hosts. VERSIÓN puede ser el principio de una versión; sin ella los hosts vuelven a la versión anterior. Una ejecución no lo deshace; un envío, sí."
        ),
        (
            "which version; the one before when left out",
            "qué versión; la anterior si se omite"
        ),
        ("which hosts should go back?", "¿qué hosts deben volver atrás?"),
        (
            "fleet rollback PACKAGE --all, --hosts A,B or --group G",
            "fleet rollback PAQUETE --all, --hosts A,B o --group G"
        ),
        (
            "remove old versions from hosts",
            "quita versiones viejas de los hosts"
        ),
        (
            "The current version stays, and so do versions that a job still uses. --keep 0 removes a package altogether and needs its name. --master removes the archives, differences and images of old versions from this machine, too, but the latest ones and those that a host has.",
            "La versión vigente se queda, y también las versiones que usa algún trabajo. --keep 0 quita un paquete entero y necesita su nombre. --master quita también de esta máquina los archivos, diferencias e imágenes de versiones viejas, salvo los últimos y los que tiene algún host."
        ),
        (
            "also remove from this machine; without hosts, only from this machine",
            "quita también de esta máquina; sin hosts, solo de esta máquina"
        ),
        ("this machine", "esta máquina"),
        ("how many versions of each package to keep", "cuántas versiones de cada paquete se conservan"),
        (
            "show what would be removed, and change nothing",
            "muestra lo que se quitaría y no cambia nada"
        ),
        ("%@: %@ %@ stays: a job or a schedule uses it", "%@: %@ %@ se queda: la usa un trabajo o una programación"),
        (
            "there is nothing to remove",
            "no hay nada que quitar"
        ),
        (
            "nothing was removed: this was a dry run",
            "no se quitó nada: solo era una prueba"
        ),
        (
            "read every file on the hosts again and tell what has changed",
            "lee otra vez cada archivo de los hosts y dice qué ha cambiado"
        ),
        (
            "send damaged versions anew",
            "envía de nuevo las versiones dañadas"
        ),
        (
            "Signatures are checked, too, where inventory/allowed_signers says whose count.",
            "También se comprueban las firmas, si inventory/allowed_signers dice cuáles valen."
        ),
        ("not signed", "sin firma"),
        ("wrong signature", "firma no válida"),
        (
            "whole",
            "entera"
        ),
        (
            "repaired",
            "reparada"
        ),
        ("damaged files: %@ or more", "archivos dañados: %@ o más"),
        (
            "damaged files: %@",
            "archivos dañados: %@"
        ),
        (
            "%@: damaged in %@: %@",
            "%@: dañado en %@: %@"
        ),
        ("built here", "construida aquí"),
        ("SIZE", "TAMAÑO"),
        ("FILES", "ARCHIVOS"),
        (
            "also write an archive with an install.sh for these hosts, to be carried there",
            "escribe también un archivo con install.sh para estos hosts, para llevarlo a mano"
        ),
        ("also write such an archive for every host", "escribe también un comprimido así para cada host"),
        (
            "  for %@  %@  %@",
            "  para %@  %@  %@"
        ),
        (
            "carry it there and run: tar -xzf FILE, then: sh %@/install.sh",
            "llévalo allí y ejecuta: tar -xzf ARCHIVO, y después: sh %@/install.sh"
        ),
        (
            "sign them: a name from fleet keys, or the path of an Ed25519 key",
            "los firma: con un nombre de fleet keys o la ruta de una clave Ed25519"
        ),
        ("make a key to sign packages with", "crea una clave para firmar paquetes"),
        (
            "The key has no passphrase; ssh-keygen -p gives it one, and ssh-add opens it for a while.",
            "La clave no tiene frase de contraseña; ssh-keygen -p le pone una, y ssh-add la abre por un tiempo."
        ),
        (
            "keep the key in the project's .fleet/keys, not in ~/.config/fleet/keys",
            "guarda la clave en .fleet/keys del proyecto, no en ~/.config/fleet/keys"
        ),
        (
            "the identity that others see; USER@MACHINE when left out",
            "la identidad que ven los demás; si se omite, USUARIO@MÁQUINA"
        ),
        ("the key's name; fleet when left out", "el nombre de la clave; si se omite, fleet"),
        (
            "to trust this key, put the line that `fleet keys show %@` prints into inventory/allowed_signers",
            "para confiar en esta clave, pon en inventory/allowed_signers la línea que imprime `fleet keys show %@`"
        ),
        (
            "sign with it: fleet package --sign %@, or signing_key: %@ in hosts.yaml",
            "firma con ella: fleet package --sign %@, o signing_key: %@ en hosts.yaml"
        ),
        ("show the keys", "muestra las claves"),
        ("there are no keys yet: fleet keys new makes one", "aún no hay claves: fleet keys new crea una"),
        ("IDENTITY", "IDENTIDAD"),
        ("FINGERPRINT", "HUELLA"),
        ("print the line for inventory/allowed_signers", "muestra la línea para inventory/allowed_signers"),
        (
            "The line is public: hand it to everybody who should trust your packages.",
            "La línea es pública: dásela a todos los que deban confiar en tus paquetes."
        ),
        (
            "a name, or the path of an Ed25519 key; fleet when left out",
            "un nombre, o la ruta de una clave Ed25519; fleet si se omite"
        ),
    ]
}
