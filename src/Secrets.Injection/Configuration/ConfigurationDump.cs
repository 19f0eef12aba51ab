using System.Diagnostics;

namespace Secrets;

/// <summary>
/// Tells a read by <c>GetDebugView()</c>, which prints, from every other read. Both call the same method of the same provider, so only the
/// caller's name is left to go by.
/// </summary>
/// <remarks>
/// Looking at the stack costs microseconds, so it is done only when the thread listed child keys since it was last found innocent. A debug view
/// lists children before every value it prints; an application that reads a key by its name lists nothing, and pays one thread-static read.
/// Where a program is published without stack trace data the caller has no name, and the view shows values.
/// </remarks>
internal static class ConfigurationDump
{
    private const string Printer = "Microsoft.Extensions.Configuration.ConfigurationRootExtensions";
    private const int FramesToLookAt = 6;

    [ThreadStatic]
    private static bool s_listed;

    /// <summary>Notes that this thread lists child keys.</summary>
    internal static void NoteListing() => s_listed = true;

    /// <summary>Whether the value that is about to be given would be printed.</summary>
    internal static bool IsReading()
    {
        if (!s_listed) return false;
        s_listed = IsOnStack();
        return s_listed;
    }

    private static bool IsOnStack()
    {
        StackTrace stack = new(skipFrames: 2, fNeedFileInfo: false);
        for (int i = 0; i < Math.Min(stack.FrameCount, FramesToLookAt); i++)
        {
            if (stack.GetFrame(i) is { } frame && DiagnosticMethodInfo.Create(frame) is { DeclaringTypeName: { } type } && type.StartsWith(Printer, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
