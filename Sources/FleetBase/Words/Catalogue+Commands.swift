extension Catalogue {
    static let commands: [Entry] = [
        ("warning:", "aviso:"),
        ("error:", "error:"),
        ("hint:", "pista:"),
        ("run a command on hosts", "ejecuta una orden en los hosts"),
        (
            "One word is a line for the shell, as in: fleet exec 'ls | wc -l'. Several are a program and its arguments.",
            "Una sola palabra es una línea para el shell, como en: fleet exec 'ls | wc -l'. Varias son un programa y sus argumentos."
        ),
        ("HOSTS", "HOSTS"),
        ("where to run it on the host", "dónde ejecutarla en el host"),
        ("when to stop it, such as 90s or 10m", "cuándo detenerla, como 90s o 10m"),
        ("Python code to run instead of a command", "código Python que se ejecuta en lugar de una orden"),
        ("a file for its standard input", "un fichero para su entrada estándar"),
        ("on how many hosts at once", "en cuántos hosts a la vez"),
        ("print each host's lines as they come", "muestra las líneas de cada host según llegan"),
        ("the command and its arguments, after --", "la orden y sus argumentos, después de --"),
        ("give either a command or --python", "da una orden o --python, no ambas"),
        ("fleet exec -- uname -a", "fleet exec -- uname -a"),
        ("--jobs must be at least 1", "--jobs debe ser al menos 1"),
        ("--- %@", "--- %@"),
        ("--- %@ hosts: %@", "--- %@ hosts: %@"),
        (
            "end the hosts of the lab and remove all that is theirs",
            "termina los hosts del laboratorio y borra todo lo suyo"
        ),
        ("there is no lab", "no hay laboratorio"),
        ("the lab is gone: %@ hosts", "el laboratorio se ha ido: %@ hosts"),
        ("show the hosts of the lab", "muestra los hosts del laboratorio"),
        ("HOST", "HOST"),
        ("ADDRESS", "DIRECCIÓN"),
        ("PORT", "PUERTO"),
        ("STATE", "ESTADO"),
        ("start hosts on this machine to try things on", "arranca hosts en esta máquina para hacer pruebas"),
        (
            "Each host is an sshd process of its own on an address 127.0.0.x, with its own keys and home folder. Nothing of ~/.ssh is read or changed.",
            "Cada host es un proceso sshd propio en una dirección 127.0.0.x, con sus propias claves y carpeta personal. No se lee ni se cambia nada de ~/.ssh."
        ),
        ("how many", "cuántos"),
        ("%@ hosts are up. Try them: %@", "%@ hosts en marcha. Pruébalos: %@"),
        (
            "the project's folder; the nearest one upwards with an inventory/ when left out",
            "la carpeta del proyecto; si se omite, la más cercana hacia arriba con un inventory/"
        ),
        (
            "another inventory file than inventory/hosts.yaml",
            "otro fichero de inventario en lugar de inventory/hosts.yaml"
        ),
        ("print the result as JSON", "muestra el resultado como JSON"),
        ("the language of messages: en or es", "el idioma de los mensajes: en o es"),
        ("print results and errors alone", "muestra solo resultados y errores"),
        ("print what is done on the way", "muestra lo que se va haciendo"),
        (
            "these hosts: names, patterns such as worker-*, tag:NAME",
            "estos hosts: nombres, patrones como worker-*, tag:NOMBRE"
        ),
        ("the hosts of this group", "los hosts de este grupo"),
        ("all hosts", "todos los hosts"),
        ("--all goes without --hosts and --group", "--all va sin --hosts ni --group"),
        ("log in to hosts and see how long it takes", "entra en los hosts y mide cuánto tarda"),
        ("run work on your machines over plain SSH", "ejecuta trabajo en tus máquinas por simple SSH"),
        ("hosts on this machine to try things on", "hosts en esta máquina para hacer pruebas"),
        ("the inventory names no host", "el inventario no nombra ningún host"),
        ("add one: fleet host add NAME ADDRESS", "añade uno: fleet host add NOMBRE DIRECCIÓN"),
        ("NO ACTIVE MACHINES", "NO HAY MÁQUINAS ACTIVAS"),
        ("look at each host with: fleet inventory check", "mira cada host con: fleet inventory check"),
    ]
}
