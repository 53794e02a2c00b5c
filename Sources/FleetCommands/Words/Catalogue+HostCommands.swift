import FleetBase

extension Catalogue {
    /// What is asked and told when hosts come and go.
    static let hostCommands: [Entry] = [
        ("user; empty for %@, or whom ~/.ssh/config names", "usuario; vacío para %@, o quien diga ~/.ssh/config"),
        (
            "address, such as 192.0.2.7 or ana@vps.example.org:2222",
            "dirección, por ejemplo 192.0.2.7 o ana@vps.example.org:2222"
        ),
        ("password of %@", "contraseña de %@"),
        (
            "Make the key %@, and install its public half there?",
            "¿Crear la clave %@ e instalar allí su mitad pública?"
        ),
        ("Install the public half of the key %@ there?", "¿Instalar allí la mitad pública de la clave %@?"),
        ("logs in to the host vps", "entra en el host vps"),
        ("Go on all the same?", "¿Seguir de todos modos?"),
        (
            "On a terminal, fleet asks for what is left out: address, name, user, port. It tries the keys of the agent and the usual ones in ~/.ssh; --key names another. Where a host takes a password only, it offers to install a key there, as ssh-copy-id does. Without NAME the host is named after its address: worker-11 for 192.0.2.11. Nothing is written when the login fails.",
            "En un terminal, fleet pregunta lo que falta: dirección, nombre, usuario, puerto. Prueba las claves del agente y las habituales de ~/.ssh; --key indica otra. Donde un host solo acepta una contraseña, ofrece instalar una clave, como hace ssh-copy-id. Sin NOMBRE, el host toma el nombre de su dirección: worker-11 para 192.0.2.11. Si no se puede entrar, no se escribe nada."
        ),
        (
            "installs a key on a host that takes a password only",
            "instala una clave en un host que solo acepta una contraseña"
        ),
        (
            "install a key where the host takes a password only, without asking whether to",
            "instala una clave donde el host solo acepta una contraseña, sin preguntarlo"
        ),
        (
            "the file with the password for that; its last line break does not count",
            "el archivo con la contraseña para eso; su último salto de línea no cuenta"
        ),
        (
            "an open descriptor to read the password from, such as 0 for standard input",
            "un descriptor abierto del que leer la contraseña, por ejemplo 0 para la entrada estándar"
        ),
        (
            "go on where the inventory has the machine under another name already",
            "sigue aunque el inventario ya tenga la máquina con otro nombre"
        ),
        ("give either --password-file or --password-fd", "da o --password-file o --password-fd"),
        (
            "--yes with a password would give it to whatever host answers",
            "--yes con una contraseña se la daría a cualquier host que responda"
        ),
        ("name the host's key: --fingerprint SHA256:…", "indica la clave del host: --fingerprint SHA256:…"),
        ("--password-fd: the descriptor %@ is not open", "--password-fd: el descriptor %@ no está abierto"),
        ("open it in the shell: %@<FILE", "ábrelo en la shell: %@<ARCHIVO"),
        (
            "--password-fd: the descriptor %@ is a terminal, which would show it",
            "--password-fd: el descriptor %@ es un terminal, que la mostraría"
        ),
        ("leave it out, and fleet asks", "déjala fuera, y fleet pregunta"),
        (
            "--password-fd: there is no password in the descriptor %@",
            "--password-fd: no hay ninguna contraseña en el descriptor %@"
        ),
        (
            "the host does not take the password of --password-fd",
            "el host no acepta la contraseña de --password-fd"
        ),
        ("--password-fd: a descriptor is 0 or more", "--password-fd: un descriptor es 0 o más"),
        (
            "go on where the inventory has machines under other names already",
            "sigue aunque el inventario ya tenga máquinas con otros nombres"
        ),
        ("copies the example that estimates pi, to be swept", "copia el ejemplo que estima pi, para hacer barridos"),
        (
            "copy a package that fleet brings along: benchmark, ask or sweep-pi",
            "copia un paquete que fleet trae consigo: benchmark, ask o sweep-pi"
        ),
        (
            "the package's name; with --from, the example's own when left out",
            "el nombre del paquete; con --from, si se omite, el del ejemplo"
        ),
        (
            "--from copies a package as it is: leave the kind of worker out",
            "--from copia un paquete tal como es: quita el tipo de trabajador"
        ),
        ("fleet package new NAME", "fleet package new NOMBRE"),
        (
            "What was run there stays in the ledger. On the host itself nothing changes without --purge, which removes fleet's folder with all packages and runs in it, also those of other projects. It refuses while a job, a push, a schedule or Slurm needs the folder, also from another machine that shares it, and where the folder is not fleet's alone.",
            "Lo que se ejecutó allí se queda en el registro. En el propio host no cambia nada sin --purge, que elimina la carpeta de fleet con todos los paquetes y ejecuciones, también los de otros proyectos. Se niega mientras un trabajo, un envío, una programación o Slurm necesita la carpeta, también desde otra máquina que la comparte, y donde la carpeta no es solo de fleet."
        ),
        ("removes fleet's folder from the host, too", "elimina también la carpeta de fleet en el host"),
        ("remove fleet's folder from the host, too", "elimina también la carpeta de fleet en el host"),
        (
            "with --purge: forget a host that no connection reaches, and leave the folder there",
            "con --purge: olvida un host al que no llega ninguna conexión, y deja allí la carpeta"
        ),
        ("removed %@ from %@: %@", "eliminado %@ de %@: %@"),
        (
            "%@ itself stays, empty: it is a mount point, or its parent is not the user's",
            "%@ se queda, vacía: es un punto de montaje, o su carpeta superior no es del usuario"
        ),
        ("nothing was removed from %@ itself", "en el propio %@ no se ha eliminado nada"),
        (
            "Take %@ out of the inventory all the same, and leave fleet's folder there?",
            "¿Quitar %@ del inventario de todos modos, y dejar allí la carpeta de fleet?"
        ),
        ("Remove all of this, and take %@ out of the inventory?", "¿Eliminar todo esto y quitar %@ del inventario?"),
    ]
}
