package dev.agentrunner.workspace.files;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions as numbers, such as {@code 0644}. */
final class Modes {

    static final int ALL = 0777;
    static final int OWNER = 0700;

    /** From the highest bit on. */
    private static final PosixFilePermission[] ORDER = {
        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE
    };

    private Modes() {}

    static int bits(Set<PosixFilePermission> permissions) {
        int bits = 0;
        for (PosixFilePermission permission : ORDER) {
            bits = bits << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return bits;
    }

    static Set<PosixFilePermission> permissions(int bits) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < ORDER.length; i++) {
            if ((bits >> (ORDER.length - 1 - i) & 1) == 1) {
                permissions.add(ORDER[i]);
            }
        }
        return permissions;
    }
}
