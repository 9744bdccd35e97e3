package dev.darkroom.http.connection;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** Of an address, what one caller has to themselves: an IPv4 address, or the first 64 bits of an IPv6 address. */
public final class Network {
    private static final int IPV6_PREFIX_BYTES = 8;

    private Network() {}

    public static String of(String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length == 4 ? String.valueOf(address) : HexFormat.of().formatHex(bytes, 0, IPV6_PREFIX_BYTES);
    }
}
