using System;
using System.IO;
using System.Linq;
#if !NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Sessions;

namespace Talo.Reactive;

/// <summary>
/// Keeps a session in a file of its own. Whoever can read the file can play as the player: put it where only the user of the
/// machine can (on Unix the file itself is made so where .NET can), and leave it out of saves that are synchronised or shared.
/// </summary>
/// <remarks>
/// <para>
/// Each save replaces the file in one step: a crash leaves the old or the new session, never half of one. What such a crash leaves
/// beside the file is deleted by the next save or clear. Processes that share the file do not hinder each other, and the last save
/// counts; but a refresh token is good once, so that two clients that play by one session end each other's.
/// </para>
/// <para>
/// A damaged file counts as no session, and is reported on <c>Faults</c>. So does a file of a later version of this class, and it is
/// never saved over: save by the later version, or clear it first. The file is a few hundred bytes, read and written at once on the
/// thread that asks.
/// </para>
/// </remarks>
public sealed class FileSessionStore : ISessionStore
{
    // Far more than any session has.
    private const int MostBytes = 64 * 1024;

    private const string NewSuffix = ".new";

    // Another process may be saving, or deleting what it takes for left over, at the same moment.
    private const int MostTries = 10;

    private readonly string path;
    private readonly string folder;

    /// <summary>A store in a file. Nothing is read or written yet.</summary>
    /// <param name="path">The file; its folder is made when it is first needed.</param>
    /// <exception cref="ArgumentException">The path is blank, or that of a folder.</exception>
    public FileSessionStore(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("Give the path of a file in a folder that the game may write, such as the one for its settings.", nameof(path));
        this.path = Path.GetFullPath(path);
        if (Path.GetFileName(this.path).Length == 0)
            throw new ArgumentException($"{path} is a folder: give the path of a file in it, with the name of the file.", nameof(path));
        folder = Path.GetDirectoryName(this.path)!;
    }

    /// <inheritdoc/>
    public Task<PlayerSession?> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Bytes() is { } text ? SessionText.Read(text) : null);
        }
        catch (Exception error) when (IsFileTrouble(error))
        {
            return Task.FromException<PlayerSession?>(new IOException($"The session in {path} could not be read. {error.Message}", error));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The session lacks something, or holds what cannot be sent.</exception>
    public Task SaveAsync(PlayerSession session, CancellationToken cancellationToken)
    {
        if (session is null) throw new ArgumentNullException(nameof(session));
        if (session.Problem is { } problem) throw new ArgumentException($"This is no session to keep: {problem}.", nameof(session));
        try
        {
            Directory.CreateDirectory(folder);
            SessionText.RequireNotNewer(Bytes());
            Replace(SessionText.Write(session));
            DeleteLeftovers(all: false);
            return Task.CompletedTask;
        }
        catch (Exception error) when (IsFileTrouble(error))
        {
            return Task.FromException(new IOException($"The session could not be written to {path}. {error.Message}", error));
        }
    }

    /// <inheritdoc/>
    public Task ClearAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!Directory.Exists(folder)) return Task.CompletedTask;
            File.Delete(path);
            DeleteLeftovers(all: true);
            return Task.CompletedTask;
        }
        catch (Exception error) when (IsFileTrouble(error))
        {
            return Task.FromException(new IOException($"The session in {path} could not be deleted. {error.Message}", error));
        }
    }

    private static bool IsFileTrouble(Exception error) => error is IOException or UnauthorizedAccessException or InvalidDataException;

    private byte[]? Bytes()
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new MemoryStream();
            var piece = new byte[4096];
            for (int count; (count = stream.Read(piece, 0, piece.Length)) > 0;)
            {
                text.Write(piece, 0, count);
                if (text.Length > MostBytes) throw new InvalidDataException("It is far too large for a session.");
            }

            return text.ToArray();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void Replace(byte[] text)
    {
        for (var tries = 1; ; tries++)
        {
            var next = $"{path}.{Guid.NewGuid():N}{NewSuffix}";
            try
            {
                Replace(next, text);
                return;
            }
            catch (IOException) when (tries < MostTries)
            {
                // Once more, by another name.
            }
            finally
            {
                File.Delete(next);
            }
        }
    }

    private void Replace(string next, byte[] text)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(next, options);
        stream.Write(text, 0, text.Length);
        // On the disk before it takes the place of the old one.
        stream.Flush(flushToDisk: true);
        // While it is open no other process takes it for left over.
        File.Move(next, path, overwrite: true);
#else
        using var stream = new FileStream(next, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
        stream.Write(text, 0, text.Length);
        stream.Flush(flushToDisk: true);
        // On Windows the calls below want it closed, and fail where another process has just opened it.
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows)) stream.Dispose();

        try
        {
            File.Replace(next, path, null);
            return;
        }
        catch (FileNotFoundException) when (File.Exists(next))
        {
            // There is no file to replace, or a link that leads nowhere, of which neither call takes the place.
        }

        File.Delete(path);
        File.Move(next, path);
#endif
    }

    /// <summary>Deletes what saves that crashed have left, and not what another process is writing just now: that is open there.</summary>
    /// <param name="all">Whether what cannot be deleted is an error.</param>
    private void DeleteLeftovers(bool all)
    {
        foreach (var left in Directory.EnumerateFiles(folder, "*" + NewSuffix).Where(IsOfThisFile))
        {
            try
            {
                using (new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose))
                {
                }
            }
            catch (IOException)
            {
                continue;
            }
            catch (UnauthorizedAccessException) when (!all)
            {
                continue;
            }

            if (all && File.Exists(left)) throw new IOException($"{left} is left.");
        }
    }

    private bool IsOfThisFile(string other)
    {
        var name = Path.GetFileNameWithoutExtension(other);
        return Path.GetFileNameWithoutExtension(name) == Path.GetFileName(path) && Guid.TryParseExact(Path.GetExtension(name).TrimStart('.'), "N", out _);
    }
}
