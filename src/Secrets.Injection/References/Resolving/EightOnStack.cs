using System.Runtime.CompilerServices;

namespace Secrets;

/// <summary>Room on the stack, so that resolving an ordinary template allocates nothing but the result.</summary>
[InlineArray(Length)]
internal struct EightOnStack<T>
{
    internal const int Length = 8;

    private T _first;
}
