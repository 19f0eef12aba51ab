using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>A configuration key whose applying text may hold a reference.</summary>
/// <param name="Path">The key, sections joined by colons.</param>
/// <param name="Text">Its text.</param>
/// <param name="Provider">Who gives it.</param>
internal readonly record struct ScannedKey(string Path, string Text, IConfigurationProvider Provider);
