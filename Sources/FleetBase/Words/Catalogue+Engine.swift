extension Catalogue {
    static let engine: [Entry] = [
        (
            "the host tells the end of a command that it never began",
            "el host cuenta el final de un comando que nunca empezó"
        ),
        (
            "its login shell prints something before each command: %@",
            "su shell de inicio imprime algo antes de cada comando: %@"
        ),
        (
            "each command waits %@ s there before it begins; look at the shell's start-up files",
            "cada comando espera allí %@ s antes de empezar; mira los archivos de arranque del shell de inicio"
        ),
        ("this machine can't keep the output in %@: %@", "esta máquina no puede guardar la salida en %@: %@"),
        (
            "make room there, or have one host write to a pipe: fleet exec --quiet --hosts HOST",
            "haz sitio allí, o que un solo host escriba en una tubería: fleet exec --quiet --hosts HOST"
        ),
        (
            "the command wrote %@, and no more than %@ fit into one answer",
            "el comando escribió %@, y en una respuesta no caben más de %@"
        ),
        (
            "write it to a file: fleet exec --quiet --hosts HOST -- COMMAND >FILE",
            "escríbelo en un archivo: fleet exec --quiet --hosts HOST -- COMANDO >ARCHIVO"
        ),
        (
            "a word of the command has %@ bytes, and no host takes more than %@",
            "una palabra del comando tiene %@ bytes, y ningún host acepta más de %@"
        ),
        (
            "the command has %@ bytes, and fleet sends no more than %@",
            "el comando tiene %@ bytes, y fleet no envía más de %@"
        ),
        (
            "put it into a file: inputs: of a task, or --stdin of fleet exec",
            "ponlo en un archivo: inputs: de una tarea, o --stdin de fleet exec"
        ),
        (
            "the login shell was killed by the signal %@ before it began the command",
            "la señal %@ terminó el shell de inicio antes de que empezara el comando"
        ),
        (
            "the login shell did not start the command, and said nothing",
            "el shell de inicio no arrancó el comando, y no dijo nada"
        ),
        (
            "the login shell did not start the command; it said: %@",
            "el shell de inicio no arrancó el comando; dijo: %@"
        ),
        (
            "fleet needs a login shell of sh's kin, or fish; chsh -s /bin/sh changes it there",
            "fleet necesita un shell de inicio de la familia de sh, o fish; chsh -s /bin/sh lo cambia allí"
        ),
        ("the host's answer makes no sense: %@", "la respuesta del host no tiene sentido: %@"),
        (
            "the host's answer is longer than any that fleet asks for",
            "la respuesta del host es más larga que cualquiera que fleet pida"
        ),
        (
            "is it what it should be? what it says can't be relied on; log in and look",
            "¿es el que debe ser? no hay que fiarse de lo que dice; entra y míralo"
        ),
        ("the host does not tell what it has of %@: %@", "el host no dice qué tiene de %@: %@"),
        ("the host does not tell what images it has: %@", "el host no dice qué imágenes tiene: %@"),
        ("the host does not tell its jobs: %@", "el host no dice qué trabajos tiene: %@"),
        (
            "it has none of the package managers that are known: %@",
            "no tiene ninguno de los gestores de paquetes conocidos: %@"
        ),
        (
            "install it by the system's own means; fleet finds it then",
            "instálalo por los medios del propio sistema; fleet lo encuentra después"
        ),
        ("%@ is not root, and there is no sudo", "%@ no es root, y no hay sudo"),
        (
            "sudo asks %@ for a password, or does not let them",
            "sudo pide una contraseña a %@, o no le deja"
        ),
        (
            "log in as root, or let them use sudo without a password",
            "inicia sesión como root, o permítele usar sudo sin contraseña"
        ),
        ("installed, but it does not work: %@", "instalado, pero no funciona: %@"),
        (
            "its service may not run, or the package is damaged: log in and look",
            "puede que su servicio no esté en marcha, o que el paquete esté dañado: entra y mira"
        ),
        ("%@ ended with %@: %@", "%@ terminó con %@: %@"),
        (
            "log in and try it by hand; what was done before it stays",
            "entra y pruébalo a mano; lo hecho antes se queda"
        ),
        ("the build step of %@ was ended after %@ s", "el paso de compilación de %@ se terminó tras %@ s"),
        (
            "its output is in %@; timeout: below build: in package.yaml gives it longer",
            "su salida está en %@; con timeout: bajo build: en package.yaml tiene más tiempo"
        ),
        ("the results are larger than %@", "los resultados ocupan más de %@"),
        (
            "it could not be ended on the host and may still run there",
            "no se pudo terminar en el host y puede que siga allí"
        ),
        ("still running after %@ s", "sigue en marcha después de %@ s"),
        (
            "out/metrics.json is not a JSON object, so there are no metrics",
            "out/metrics.json no es un objeto JSON, así que no hay métricas"
        ),
        ("the metric %@ is declared as %@, which it is not", "la métrica %@ está declarada como %@, y no lo es"),
        ("status %@", "estado %@"),
        (
            "%@: the engine %@ runs %@, which is not in the package",
            "%@: el motor %@ ejecuta %@, que no está en el paquete"
        ),
        ("%@: the engine %@ runs %@, which is not executable", "%@: el motor %@ ejecuta %@, que no es ejecutable"),
        ("make it so: chmod +x %@", "hazlo ejecutable: chmod +x %@"),
        ("still running after %@ s, so it was stopped", "seguía en marcha tras %@ s, así que se detuvo"),
        ("give it longer with --timeout", "dale más tiempo con --timeout"),
        ("killed by the signal %@", "terminado por la señal %@"),
        (
            "the command is not on this host, or not on the PATH of a login without a terminal",
            "el comando no está en este host, o no en el PATH de una sesión sin terminal"
        ),
        ("the host's shell can't run the probe: %@", "el shell del host no puede ejecutar el sondeo: %@"),
        (
            "a host needs a POSIX shell, tar and the usual small tools",
            "un host necesita un shell POSIX, tar y las herramientas pequeñas habituales"
        ),
        ("the build step of %@ failed: %@", "falló el paso de compilación de %@: %@"),
        ("its whole output is in %@", "su salida completa está en %@"),
        ("the build step of %@ did not make %@", "el paso de compilación de %@ no creó %@"),
        ("%@: the package is named %@, its folder %@", "%@: el paquete se llama %@ y su carpeta %@"),
        ("give both the same name", "dales el mismo nombre a los dos"),
        ("this project has no packages", "este proyecto no tiene paquetes"),
        ("make one as packages/NAME/package.yaml", "crea uno en packages/NOMBRE/package.yaml"),
        ("there is no package \"%@\"", "no hay ningún paquete «%@»"),
        ("there are: %@", "hay: %@"),
        ("there is no package \"%@\", did you mean \"%@\"?", "no hay ningún paquete «%@», ¿querías decir «%@»?"),
        ("can't write on the host: %@", "no se puede escribir en el host: %@"),
        (
            "the disk of %@ does not take the results, so the hosts keep them",
            "el disco de %@ no acepta los resultados, así que los hosts los conservan"
        ),
        (
            "is the disk full, or the folder not the user's? root: in the inventory names another",
            "¿está lleno el disco, o la carpeta no es del usuario? root: en el inventario indica otra"
        ),
        ("a file of %@ arrived damaged: %@", "un archivo de %@ llegó dañado: %@"),
        ("push it again", "vuelve a enviarlo"),
        ("the host could not install %@: %@", "el host no pudo instalar %@: %@"),
        (
            "the command ended without a trace: nobody knows whether it was done",
            "el comando terminó sin dejar rastro: nadie sabe si llegó a hacerse"
        ),
        (
            "the shell may have been killed, or the host shut down; look at the host and run it again",
            "puede que se matara el shell o se apagara el host; mira el host y ejecútala otra vez"
        ),
        ("the first engine of the package", "el primer motor del paquete"),
        ("not %@", "no %@"),
        ("no engine of %@ runs here: %@", "aquí no funciona ningún motor de %@: %@"),
        ("%@; the package has no image", "%@; el paquete no tiene imagen"),
        ("write image: into package.yaml", "escribe image: en package.yaml"),
        ("the host has %@ on %@", "el host tiene %@ en %@"),
        ("the host has version %@, not %@", "el host tiene la versión %@, no la %@"),
        (
            "the host was rolled back to %@ of %@, and %@ is to be run",
            "en el host se volvió a la versión %@ de %@, y la que se va a ejecutar es %@"
        ),
        ("a next push goes on where this one broke", "el próximo envío sigue donde este se cortó"),
        ("a push ends that: fleet push %@", "un envío acaba con eso: fleet push %@"),
        ("push it first, or leave --no-push out", "envíalo antes, o quita --no-push"),
        ("the host can't make the Python environment: %@", "el host no puede crear el entorno de Python: %@"),
        ("choose another way with --method python", "elige otro modo con --method python"),
        ("the job did not start: %@", "el trabajo no arrancó: %@"),
        (
            "the job was killed on the host, together with what watches it",
            "al trabajo lo mataron en el host, junto con lo que lo vigila"
        ),
        (
            "the host may be out of memory, or somebody ended it there; run it again",
            "puede que al host le falte memoria o que alguien lo haya terminado allí; ejecútalo otra vez"
        ),
        (
            "what follows the job was killed on the host; the job itself may go on",
            "lo que sigue al trabajo murió en el host; el trabajo quizá continúe"
        ),
        ("its folder there is %@/runs/%@", "allí su carpeta es %@/runs/%@"),
        ("the job ended without its trailer", "el trabajo terminó sin su cierre"),
        ("the results can't be read on the host: %@", "no se pueden leer los resultados en el host: %@"),
        ("the worker was stopped at its time limit", "se detuvo el programa al llegar a su límite de tiempo"),
        ("the worker was killed by signal %@", "el programa fue terminado por la señal %@"),
        ("the worker ended with status %@", "el programa terminó con el estado %@"),
        ("what it said is in %@/stderr", "lo que dijo está en %@/stderr"),
        (
            "%@ came back shorter than it was on the host",
            "%@ volvió más corto de lo que era en el host"
        ),
        ("%@ still grew when the worker had ended", "%@ siguió creciendo cuando el programa ya había terminado"),
        ("the job's folder stays on the host: %@", "la carpeta del trabajo se queda en el host: %@"),
        ("tar said on the host: %@", "tar dijo en el host: %@"),
        ("run it again", "ejecútalo de nuevo"),
        ("the package can't be read: %@", "no se puede leer el paquete: %@"),
        ("everything was sent anew: %@", "se envió todo de nuevo: %@"),
        (
            "the release takes %@, and the host has %@ left",
            "la versión ocupa %@ y al host le quedan %@"
        ),
        ("make room there, for instance with: fleet prune", "haz sitio allí, por ejemplo con: fleet prune"),
        (
            "it went on where an earlier push was cut off",
            "siguió donde se había cortado un envío anterior"
        ),
        (
            "the lock of a push that was killed was taken over: %@",
            "se tomó el cerrojo de un envío que murió: %@"
        ),
        ("another push had to end first: %@", "primero tuvo que acabar otro envío: %@"),
        ("another push of %@ does not move: by %@, since %@", "otro envío de %@ no avanza: de %@, desde %@"),
        (
            "half an hour after its last sign of life a push takes its place; end it, or wait",
            "media hora después de su última señal de vida, un envío ocupa su lugar; termínalo o espera"
        ),
        (
            "what it had before is still there and current; a next push goes on where this one broke",
            "lo que tenía antes sigue allí y vigente; el próximo envío sigue donde este se cortó"
        ),
        (
            "left as it is: hosts that failed before it: %@",
            "se deja como está: hosts que fallaron antes: %@"
        ),
        (
            "mend those, or allow more with --max-failures",
            "arréglalos o permite más con --max-failures"
        ),
        (
            "\"%@\" is not a number of hosts such as 10 or 25%",
            "«%@» no es un número de hosts como 10 o 25%"
        ),
        ("%@: the image's base %@ can't be read", "%@: no se puede leer la base %@ de la imagen"),
        (
            "from: takes scratch, python, java, or what lies there: docker save NAME -o %@/base.tar makes a base of an image",
            "from: admite scratch, python, java o lo que haya ahí: docker save NOMBRE -o %@/base.tar hace una base de una imagen"
        ),
        ("the image of %@ could not be built: %@", "no se pudo construir la imagen de %@: %@"),
        (
            "the host has results of %@, which was not laid by this master",
            "el host tiene resultados de %@, que no puso ahí este maestro"
        ),
        (
            "collect them from where it was laid: .fleet/schedules is not whole here",
            "recógelos desde donde se puso: aquí .fleet/schedules no está completa"
        ),
        ("%@: there is no %@ to build the image from", "%@: no hay ningún %@ con el que construir la imagen"),
        (
            "no base for images could be made of this machine's %@: %@",
            "no se pudo hacer una base de imágenes con el %@ de esta máquina: %@"
        ),
        ("%@ can't be used on the host: %@", "%@ no se puede usar en el host: %@"),
        (
            "give the user the right to it: sudo usermod -aG %@ USER, and log in again",
            "da permiso al usuario: sudo usermod -aG %@ USUARIO, y vuelve a entrar"
        ),
        ("start it there: sudo systemctl start %@", "arráncalo allí: sudo systemctl start %@"),
        ("see what it says there: %@ info", "mira allí qué dice: %@ info"),
        ("%@; %@", "%@; %@"),
        ("more of the image was sent: %@", "se envió más de la imagen: %@"),
        ("%@ did not take the image: %@", "%@ no aceptó la imagen: %@"),
        ("is there room on its disk? see: %@ info", "¿queda sitio en su disco? mira: %@ info"),
        ("%@ could not start the container: %@", "%@ no pudo arrancar el contenedor: %@"),
        (
            "no way back: %@",
            "no hay vuelta atrás: %@"
        ),
        (
            "see what is there with: fleet versions",
            "mira qué hay allí con: fleet versions"
        ),
        (
            "not everything was removed: %@",
            "no se quitó todo: %@"
        ),
        (
            "the files can't be checked: %@",
            "no se pueden comprobar los archivos: %@"
        ),
        (
            "this machine has no archive of %@",
            "esta máquina no tiene el archivo de %@"
        ),
        (
            "repair it from where it was pushed, or push another version",
            "repáralo desde donde se envió, o envía otra versión"
        ),
        (
            "remove the file, or sign again with: fleet package %@ --sign KEY",
            "borra el archivo, o firma otra vez con: fleet package %@ --sign CLAVE"
        ),
        (
            "the host takes signed packages only, but there is no %@ that says whose",
            "el host solo acepta paquetes firmados, pero no hay un %@ que diga por quién"
        ),
        ("write into it what fleet keys show prints", "escribe en él lo que muestra fleet keys show"),
        (
            "%@ is not signed, and the host takes signed packages only",
            "%@ no está firmado, y el host solo acepta paquetes firmados"
        ),
        (
            "fleet package %@ --sign KEY, or set signing_key: in hosts.yaml",
            "fleet package %@ --sign CLAVE, o pon signing_key: en hosts.yaml"
        ),
        ("the signature of %@ is for something else", "la firma de %@ es de otra cosa"),
        ("sign it again", "fírmalo otra vez"),
        ("%@ is signed by a stranger: %@", "%@ está firmado por un desconocido: %@"),
        ("if you trust that key, add its line to %@", "si confías en esa clave, añade su línea a %@"),
        ("%@ is signed by %@, who may not sign packages", "%@ está firmado por %@, que no puede firmar paquetes"),
        ("namespaces= in %@ does not name %@", "namespaces= en %@ no incluye %@"),
        ("%@ is signed by %@, whose key does not count today", "%@ está firmado por %@, cuya clave hoy no vale"),
        ("see valid-after= and valid-before= in %@", "mira valid-after= y valid-before= en %@"),
        (
            "the host can't check signatures: it has neither ssh-keygen nor an openssl that can",
            "el host no puede comprobar firmas: no tiene ssh-keygen ni un openssl que sepa"
        ),
        (
            "the host refuses %@: none of the allowed signers has signed its manifest",
            "el host rechaza %@: ningún firmante permitido ha firmado su manifiesto"
        ),
        (
            "what it had before is still there and current; sign the package again, and push it",
            "lo que tenía antes sigue allí y vigente; firma el paquete otra vez y envíalo"
        ),
        (
            "the host refuses %@: the release there is not signed",
            "el host rechaza %@: la versión que hay allí no está firmada"
        ),
        (
            "push it again, signed: fleet package %@ --sign KEY",
            "envíalo otra vez, firmado: fleet package %@ --sign CLAVE"
        ),
        (
            "no engine of %@ can be built here: %@ is not on the PATH",
            "aquí no se puede compilar ningún motor de %@: %@ no está en el PATH"
        ),
        ("install it, or build on a machine that has it", "instálalo, o compila en una máquina que lo tenga"),
        (
            "%@, which the build step needs, is not on the PATH",
            "%@, que el paso de compilación necesita, no está en el PATH"
        ),
    ]
}
