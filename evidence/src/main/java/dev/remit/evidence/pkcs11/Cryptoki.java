package dev.remit.evidence.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The C functions of a PKCS#11 module that are used here, by their place in its {@code
 * CK_FUNCTION_LIST} (PKCS #11 3.0, section 5.4): a module need export no other than {@code
 * C_GetFunctionList}.
 *
 * <p>For systems on which {@code CK_ULONG} and pointers have eight bytes and structures are not
 * packed, which is Linux and macOS. A module stays loaded as long as the process lives. Not for two
 * threads at once.
 */
final class Cryptoki {

  static final long OK = 0;

  /** A function by its place in the list; arguments are {@code J} for CK_ULONG, {@code A} else. */
  enum Function {
    C_Initialize(0, "A"),
    C_Finalize(1, "A"),
    C_GetSlotList(4, "JAA"),
    C_GetTokenInfo(6, "JA"),
    C_OpenSession(12, "JJAAA"),
    C_CloseAllSessions(14, "J"),
    C_Login(18, "JJAJ"),
    C_GetAttributeValue(24, "JJAJ"),
    C_FindObjectsInit(26, "JAJ"),
    C_FindObjects(27, "JAJA"),
    C_FindObjectsFinal(28, "J"),
    C_SignInit(42, "JAJ"),
    C_Sign(43, "JAJAA"),
    C_GenerateKeyPair(59, "JAAJAJAA");

    private final int place;
    private final String arguments;

    Function(int place, String arguments) {
      this.place = place;
      this.arguments = arguments;
    }

    private FunctionDescriptor descriptor() {
      return FunctionDescriptor.of(
          JAVA_LONG,
          arguments
              .chars()
              .mapToObj(kind -> kind == 'J' ? JAVA_LONG : ADDRESS)
              .toArray(MemoryLayout[]::new));
    }

    private static int most() {
      return Arrays.stream(values()).mapToInt(function -> function.place).max().orElseThrow();
    }
  }

  private final MemorySegment functions;

  private Cryptoki(MemorySegment functions) {
    this.functions = functions;
  }

  /**
   * Loads a module.
   *
   * @throws CryptokiException if the file is no such module
   */
  @SuppressWarnings("restricted") // its functions have the types of the specification
  static Cryptoki load(Path module) {
    var linker = Linker.nativeLinker();
    var size = linker.canonicalLayouts().get("long");
    if (size == null || size.byteSize() != Long.BYTES || ADDRESS.byteSize() != Long.BYTES) {
      throw new CryptokiException("PKCS#11 modules are used on 64-bit Linux and macOS alone");
    }
    try (var arena = Arena.ofConfined()) {
      var list =
          SymbolLookup.libraryLookup(module, Arena.global())
              .find("C_GetFunctionList")
              .orElseThrow(() -> new IllegalArgumentException("no such function"));
      var pointer = arena.allocate(ADDRESS);
      var get = linker.downcallHandle(list, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
      check("C_GetFunctionList", (long) get.invoke(pointer));
      // CK_VERSION, two bytes, stands before the pointers.
      return new Cryptoki(
          pointer
              .get(ADDRESS, 0)
              .reinterpret(Long.BYTES + ADDRESS.byteSize() * (Function.most() + 1)));
    } catch (IllegalArgumentException e) {
      throw new CryptokiException("`" + module + "` is no PKCS#11 module");
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Calls a function and gives its CKR code. */
  @SuppressWarnings("restricted")
  long returned(Function function, Object... arguments) {
    var address = functions.get(ADDRESS, Long.BYTES + ADDRESS.byteSize() * function.place);
    if (address.equals(MemorySegment.NULL)) {
      throw new CryptokiException("the module has no " + function);
    }
    MethodHandle handle = Linker.nativeLinker().downcallHandle(address, function.descriptor());
    try {
      return (long) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /**
   * Calls a function.
   *
   * @throws CryptokiException unless it returns CKR_OK
   */
  void call(Function function, Object... arguments) {
    check(function.name(), returned(function, arguments));
  }

  private static void check(String function, long code) {
    if (code != OK) {
      throw CryptokiException.of(function, code);
    }
  }

  private static RuntimeException broken(Throwable e) {
    return e instanceof CryptokiException known
        ? known
        : new IllegalStateException("the PKCS#11 module cannot be called", e);
  }
}
