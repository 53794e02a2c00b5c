package import FleetBase

extension Catalogue {
    package static let commands = Part(
        sentences, askCommands, doctorCommands, eventCommands, monitorCommands, labCommands, queueCommands,
        releaseCommands, exampleCommands, manualCommands, runCommands, slurmCommands,
        taskCommands, hostCommands, menuCommands)

    private static let sentences: [Entry] = [
        (
            "colors: auto, on a terminal alone, always or never",
            "colores: auto, solo en un terminal; always, siempre; o never, nunca"
        ),
        ("%@ cores", "%@ núcleos"),
        ("which subcommand?", "¿qué subcomando?"),
        ("Is this the jump host's fingerprint?", "¿Es esta la huella del host de salto?"),
        (
            "when to stop it, such as 90s, more than 0; 10m when left out",
            "cuándo pararlo, por ejemplo 90s, más que 0; si se omite, 10m"
        ),
        (
            "a file for its standard input; - for that of fleet",
            "un archivo para su entrada estándar; - para la de fleet"
        ),
        ("--stdin: can't read %@: %@", "--stdin: no se puede leer %@: %@"),
        ("the results could not be written: %@", "no se han podido escribir los resultados: %@"),
        ("BUILT HERE", "CONSTRUIDO AQUÍ"),
        ("the same", "el mismo"),
        ("archive", "comprimido"),
        (
            "read all files of the project and say what is wrong in them",
            "lee todos los archivos del proyecto y dice qué tienen mal"
        ),
        (
            "Reads inventory/hosts.yaml, allowed_signers, state.json, every package.yaml and tasks.yaml. Connects to no host.",
            "Lee inventory/hosts.yaml, allowed_signers, state.json, cada package.yaml y tasks.yaml. No se conecta a ningún host."
        ),
        ("good", "bien"),
        ("print the completion script of a shell", "escribe el script de autocompletado de una shell"),
        (
            "bash: eval \"$(fleet completion bash)\" in ~/.bashrc\nzsh: eval \"$(fleet completion zsh)\" in ~/.zshrc, after compinit\nfish: fleet completion fish > ~/.config/fish/completions/fleet.fish",
            "bash: eval \"$(fleet completion bash)\" en ~/.bashrc\nzsh: eval \"$(fleet completion zsh)\" en ~/.zshrc, después de compinit\nfish: fleet completion fish > ~/.config/fish/completions/fleet.fish"
        ),
        ("bash, zsh or fish", "bash, zsh o fish"),
        ("run a command on hosts", "ejecuta un comando en los hosts"),
        (
            "One word is a line for the shell, as in: fleet exec 'ls | wc -l'. Several are a program and its arguments.",
            "Una sola palabra es una línea para la shell, como en: fleet exec 'ls | wc -l'. Varias son un programa y sus argumentos."
        ),
        ("HOSTS", "HOSTS"),
        ("where to run it on the host", "dónde ejecutarlo en el host"),
        ("Python code to run instead of a command", "código Python en lugar de un comando"),
        ("on how many hosts at once", "en cuántos hosts a la vez"),
        ("print each host's lines as they come", "escribe las líneas de cada host según llegan"),
        ("the command and its arguments, after --", "el comando y sus argumentos, después de --"),
        ("give either a command or --python", "da un comando o --python, uno de los dos"),
        ("fleet exec -- uname -a", "fleet exec -- uname -a"),
        ("--- %@", "--- %@"),
        ("--- %@ hosts: %@", "--- %@ hosts: %@"),
        (
            "add a host: pin its key, log in, find out what it has, write it to the inventory",
            "añade un host: fija su clave, entra, averigua qué tiene y lo apunta en el inventario"
        ),
        ("the host's address, instead of the argument", "la dirección del host, en lugar del argumento"),
        ("the user to log in as", "el usuario con el que entrar"),
        ("the port of the host's sshd", "el puerto del sshd del host"),
        ("a private key, tried after the agent", "una clave privada, que se prueba después del agente"),
        ("the host to go through", "el host por el que pasar"),
        ("words to select the host by", "palabras por las que seleccionar el host"),
        ("a group that the host belongs to", "un grupo al que pertenece el host"),
        ("how many tasks the host runs at once", "cuántas tareas ejecuta el host a la vez"),
        ("fleet's folder on the host", "la carpeta de fleet en el host"),
        ("write the host down without connecting to it", "apunta el host sin conectarse a él"),
        ("the host's name", "el nombre del host"),
        (
            "a name or an IP address, also as user@address:port",
            "un nombre o una dirección IP, también como usuario@dirección:puerto"
        ),
        ("the address is given twice", "la dirección está dos veces"),
        ("added %@; pin its key with: fleet host pin %@", "añadido %@; fija su clave con: fleet host pin %@"),
        ("added %@", "añadido %@"),
        ("Is this the host's fingerprint?", "¿Es esta la huella del host?"),
        ("nothing was changed", "no se ha cambiado nada"),
        ("pin the keys of hosts", "fija las claves de los hosts"),
        ("give either names or --all", "da nombres o --all, una de las dos cosas"),
        ("fleet host pin NAME, or all with --all", "fleet host pin NOMBRE, o todos con --all"),
        ("Are these the fingerprints of the %@ hosts?", "¿Son estas las huellas de los %@ hosts?"),
        ("%@: %@ still has %@ as its jump", "%@: %@ sigue teniendo a %@ como salto"),
        ("the group %@ has no host any more", "el grupo %@ ya no tiene ningún host"),
        ("let the new key take the place of the pinned one", "deja que la clave nueva sustituya a la fijada"),
        ("which host", "qué host"),
        ("pinned the key of %@ in %@", "fijada la clave de %@ en %@"),
        ("%@ is pinned already in %@", "la clave de %@ ya está fijada en %@"),
        ("take a host out of the inventory", "quita un host del inventario"),
        ("do not ask", "no pregunta"),
        ("%@ is gone from the inventory", "%@ ya no está en el inventario"),
        (
            "%@ is gone from the inventory; its key stays in inventory/known_hosts",
            "%@ ya no está en el inventario; su clave sigue en inventory/known_hosts"
        ),
        ("Take %@ out of the inventory?", "¿Quitar %@ del inventario?"),
        ("name", "nombre"),
        ("port", "puerto"),
        ("which host?", "¿qué host?"),
        (
            "fleet host add NAME ADDRESS, such as pc-leo 192.0.2.7",
            "fleet host add NOMBRE DIRECCIÓN, por ejemplo pc-leo 192.0.2.7"
        ),
        ("%@ gives no name for the host", "de %@ no sale un nombre para el host"),
        ("fleet host add NAME %@", "fleet host add NOMBRE %@"),
        ("there is a host %@ already", "ya hay un host %@"),
        ("name it: fleet host add NAME %@", "dale un nombre: fleet host add NOMBRE %@"),
        ("take the key that the host shows, without asking", "acepta la clave que muestre el host, sin preguntar"),
        ("the key's fingerprint, known from elsewhere", "la huella de la clave, conocida por otra vía"),
        ("give either --yes or --fingerprint", "da --yes o --fingerprint, uno de los dos"),
        ("Files that are there already stay as they are.", "Los archivos que ya están se quedan como están."),
        ("where; this folder when left out", "dónde; si se omite, esta carpeta"),
        ("everything is there already in %@", "ya está todo en %@"),
        ("made a project in %@", "proyecto creado en %@"),
        ("next:", "y ahora:"),
        ("add the hosts of another tool's file", "añade los hosts del archivo de otra herramienta"),
        (
            "Hosts that are in the inventory already stay as they are; fleet tells where the file says something else.",
            "Los hosts que ya están en el inventario se quedan como están; fleet avisa donde el archivo dice otra cosa."
        ),
        ("what the file is; fleet finds it out when left out", "qué es el archivo; si se omite, fleet lo averigua"),
        ("show what would be added and write nothing", "muestra lo que se añadiría y no escribe nada"),
        (
            "a list of workers, an Ansible inventory or an ssh_config",
            "una lista de trabajadores, un inventario de Ansible o un ssh_config"
        ),
        (
            "to add: %@, in the inventory already: %@; nothing was written",
            "por añadir: %@, ya en el inventario: %@; no se ha escrito nada"
        ),
        ("added: %@, in the inventory already: %@", "añadidos: %@, ya en el inventario: %@"),
        ("pin the keys of the new hosts with: %@", "fija las claves de los hosts nuevos con: %@"),
        ("show the hosts and what each had last", "muestra los hosts y lo que tenía cada uno"),
        (
            "the inventory names no host; add one: fleet host add NAME ADDRESS",
            "el inventario no nombra ningún host; añade uno: fleet host add NOMBRE DIRECCIÓN"
        ),
        ("HOST", "HOST"),
        ("ADDRESS", "DIRECCIÓN"),
        ("TRANSPORT", "TRANSPORTE"),
        ("GROUPS", "GRUPOS"),
        ("TAGS", "ETIQUETAS"),
        ("SLOTS", "PLAZAS"),
        ("SEEN", "VISTO"),
        ("PACKAGES", "PAQUETES"),
        (
            "show all that is known of one host, and where each value comes from",
            "muestra todo lo que se sabe de un host y de dónde sale cada valor"
        ),
        ("INVENTORY", "INVENTARIO"),
        ("VALUE", "VALOR"),
        ("SOURCE", "ORIGEN"),
        ("CONNECTION", "CONEXIÓN"),
        (
            "fleet has not seen this host yet; look at it with: fleet inventory check",
            "fleet aún no ha visto este host; míralo con: fleet inventory check"
        ),
        ("LAST SEEN", "VISTO POR ÚLTIMA VEZ"),
        ("PACKAGE", "PAQUETE"),
        ("VERSION", "VERSIÓN"),
        ("PUSHED", "ENVIADO"),
        ("IMAGE", "IMAGEN"),
        ("end the hosts of the lab and remove their files", "termina los hosts del laboratorio y borra sus archivos"),
        ("there is no lab", "no hay laboratorio"),
        ("the lab is gone: %@ hosts", "el laboratorio ya no está: %@ hosts"),
        ("show the hosts of the lab", "muestra los hosts del laboratorio"),
        ("PORT", "PUERTO"),
        ("building %@", "construyendo %@"),
        ("errors: %@", "errores: %@"),
        ("at work: %@", "en marcha: %@"),
        ("to come: %@", "por empezar: %@"),
        ("about %@ left", "quedan unos %@"),
        ("%@ left", "quedan %@"),
        ("… and %@ more", "… y %@ más"),
        ("installed", "instalado"),
        ("STATE", "ESTADO"),
        ("start hosts on this machine to try things on", "arranca hosts en esta máquina para probar"),
        (
            "Each host is an sshd process of its own on an address 127.0.0.x, with its own keys and home folder. Nothing of ~/.ssh is read or changed. With --vm, as root, each is a little machine: its own network, processes, host name and container engine, and a copy of this machine's files that is written to in memory.",
            "Cada host es un proceso sshd propio en una dirección 127.0.0.x, con sus claves y su carpeta personal. De ~/.ssh no se lee ni se cambia nada. Con --vm, como root, cada uno es una pequeña máquina: con su red, sus procesos, su nombre y su motor de contenedores, y una copia de los archivos de esta máquina que se escribe en memoria."
        ),
        ("how many", "cuántos"),
        ("hosts up: %@. Try them: %@", "hosts en marcha: %@. Pruébalos: %@"),
        (
            "the project's folder; the nearest one upwards with an inventory/ when left out",
            "la carpeta del proyecto; si se omite, la más cercana hacia arriba con un inventory/"
        ),
        (
            "read this inventory file instead of inventory/hosts.yaml",
            "lee este archivo de inventario en lugar de inventory/hosts.yaml"
        ),
        ("print the result as JSON", "escribe el resultado como JSON"),
        ("the language of messages: en or es", "el idioma de los mensajes: en o es"),
        ("print only results and errors", "escribe solo resultados y errores"),
        ("also print what is done on the way", "escribe también lo que se hace por el camino"),
        (
            "these hosts: names, patterns such as worker-*, tag:NAME",
            "estos hosts: nombres, patrones como worker-*, tag:NOMBRE"
        ),
        ("the hosts of this group", "los hosts de este grupo"),
        ("all hosts", "todos los hosts"),
        ("give either --all, or --hosts and --group", "da --all, o bien --hosts y --group"),
        ("log in to hosts and see how long it takes", "entra en los hosts y mira cuánto tarda"),
        ("show the hosts and what is known of them", "muestra los hosts y lo que se sabe de ellos"),
        (
            "install on hosts what fleet can use there",
            "instala en los hosts lo que fleet puede usar allí"
        ),
        (
            "With the host's own package manager (apt, dnf, zypper, apk or pacman), as root or through sudo without a password. Each host's commands are shown first; what a host has already is left as it is.",
            "Con el gestor de paquetes del propio host (apt, dnf, zypper, apk o pacman), como root o con sudo sin contraseña. Primero se muestran los comandos de cada host; lo que un host ya tiene se deja como está."
        ),
        ("the engine docker, for the user who logs in", "el motor docker, para el usuario que inicia sesión"),
        ("the engine podman", "el motor podman"),
        ("Python 3 with venv", "Python 3 con venv"),
        ("zstd, so that pushes send less", "zstd, para que los envíos sean más pequeños"),
        ("show the commands, and change nothing", "muestra los comandos, sin cambiar nada"),
        (
            "fleet host prepare NAME --python, or all with --all",
            "fleet host prepare NOMBRE --python, o todos con --all"
        ),
        ("Run these commands on %@ hosts?", "¿Ejecutar estos comandos en %@ hosts?"),
        ("%@ has it already: %@", "%@ ya lo tiene: %@"),
        ("%@ has it now: %@", "%@ ya lo tiene ahora: %@"),
        (
            "add and remove hosts, pin their keys, install what they need",
            "añade y quita hosts, fija sus claves, instala lo que necesitan"
        ),
        ("show what was run, and what came of it", "muestra qué se ejecutó y qué salió de ello"),
        ("run work on your machines over plain SSH", "ejecuta trabajo en tus máquinas solo con SSH"),
        ("start and end hosts on this machine to try things on", "arranca y termina hosts en esta máquina para probar"),
        ("find out why: fleet doctor", "averigua por qué: fleet doctor"),
        ("DONE", "HECHAS"),
        ("TIME", "TIEMPO"),
        ("COMMAND", "COMANDO"),
        ("TASK", "TAREA"),
        ("ENGINE", "MOTOR"),
        ("METHOD", "MÉTODO"),
        ("METRICS", "MÉTRICAS"),
        (
            "show everything once: hosts, a package, a push, a run, a host that dies",
            "muestra todo una vez: hosts, un paquete, un envío, una ejecución, un host que cae"
        ),
        (
            "The demo starts hosts of its own on this machine and removes them at the end.",
            "La demostración arranca hosts propios en esta máquina y los quita al final."
        ),
        ("how many hosts", "cuántos hosts"),
        (
            "That was all. The demo has ended its hosts, and removed their files and all results.",
            "Eso es todo. La demostración ha terminado sus hosts y ha borrado sus archivos y todos los resultados."
        ),
        ("the folder's name is empty", "el nombre de la carpeta está vacío"),
        (
            "it lies in the project %@: whoever calls fleet in it has the inner one",
            "está dentro del proyecto %@: quien llame a fleet en él tiene el de dentro"
        ),
        (
            "Hosts are up: each an sshd with its own keys and home folder.",
            "Los hosts están en marcha: cada uno es un sshd con sus claves y su carpeta personal."
        ),
        (
            "A package is built: the same files give the same digest on every machine.",
            "Se construye un paquete: los mismos archivos dan el mismo resumen en cualquier máquina."
        ),
        (
            "The package goes to all hosts, and every file is checked there.",
            "El paquete va a todos los hosts, y allí se comprueba cada archivo."
        ),
        (
            "A second push finds the package there and sends nothing.",
            "Un segundo envío encuentra allí el paquete y no manda nada."
        ),
        (
            "The package runs on each host, and the results come home.",
            "El paquete se ejecuta en cada host y los resultados vuelven a casa."
        ),
        (
            "The same with the Python engine: the same collisions, to the last bit.",
            "Lo mismo con el motor de Python: las mismas colisiones, hasta el último bit."
        ),
        (
            "Any command on all hosts: equal answers are shown once.",
            "Cualquier comando en todos los hosts: las respuestas iguales se muestran una vez."
        ),
        (
            "One host is shut down. The others go on, and the exit status tells.",
            "Se apaga un host. Los demás siguen, y el estado de salida lo dice."
        ),
        ("Now all hosts are shut down.", "Ahora se apagan todos los hosts."),
        ("the demo's command ended with status %@", "el comando de la demostración terminó con estado %@"),
        ("(exit status %@)", "(estado de salida %@)"),
        ("SYSTEM", "SISTEMA"),
        ("CORES", "NÚCLEOS"),
        ("MEMORY", "MEMORIA"),
        ("DISK FREE", "DISCO LIBRE"),
        ("LOAD", "CARGA"),
        ("METHODS", "MÉTODOS"),
        ("%@: no answer in time about %@", "%@: sin respuesta a tiempo sobre %@"),
        ("hosts alive: %@ of %@", "hosts que responden: %@ de %@"),
        (
            "hosts alive: %@ of %@; with another version than here: %@",
            "hosts que responden: %@ de %@; con otra versión que aquí: %@"
        ),
        ("alive", "vivo"),
        (
            "see which hosts are alive, what they have, and which versions of packages",
            "mira qué hosts responden, qué tienen y qué versiones de los paquetes"
        ),
        ("which package", "qué paquete"),
        ("results are in /%@", "los resultados están en /%@"),
        ("signed by", "firma"),
        (
            "make and show the keys that packages are signed with",
            "crea y muestra las claves con que se firman los paquetes"
        ),
        (
            "A host with require_signed: true takes only what somebody in inventory/allowed_signers has signed.",
            "Un host con require_signed: true solo acepta lo que ha firmado alguien de inventory/allowed_signers."
        ),
        ("FILE", "ARCHIVO"),
        (
            "write a small package to start from, which runs as it is",
            "escribe un paquete pequeño para empezar, que funciona tal cual"
        ),
        ("a worker in Python", "un trabajador en Python"),
        ("a static program in C, built on this machine", "un programa estático en C, construido en esta máquina"),
        ("the same with an image for docker and podman", "lo mismo con una imagen para docker y podman"),
        (
            "give one of --python, --native and --image; without them it is a shell script",
            "da uno de --python, --native y --image; sin ellos es un guion de shell"
        ),
        (
            "make a project that explains itself: an inventory, tasks, a small package",
            "crea un proyecto que se explica: un inventario, tareas y un paquete pequeño"
        ),
    ]
}
