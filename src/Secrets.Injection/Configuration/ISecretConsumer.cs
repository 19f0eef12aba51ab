namespace Secrets;

/// <summary>A part of a configuration that is made of secrets. Called under the lock of its <see cref="ConfigurationSecrets"/>.</summary>
internal interface ISecretConsumer
{
    /// <summary>Says what it needs now, and keeps what it is given for <see cref="Render"/>.</summary>
    /// <param name="secrets">Takes the needs.</param>
    void Collect(FollowedSecrets secrets);

    /// <summary>Makes its values anew, of what it collected.</summary>
    /// <returns>Whether a value that was there is another one now.</returns>
    bool Render();

    /// <summary>The configuration keys whose latest try failed, whether an older value serves or none.</summary>
    IEnumerable<string> FailingKeys { get; }

    /// <summary>Tells the configuration that values changed. Called outside the lock.</summary>
    void RaiseReload();
}
