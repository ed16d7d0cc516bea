#if !NET5_0_OR_GREATER
// The compiler asks for this type to allow init-only members; netstandard2.1 does not have it.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
#endif
